// Moving elements about without computing: what the frontend's views are made of. Kernels read them
// as access maps.
#ifndef WEFT_VIEW_TD
#define WEFT_VIEW_TD
include "ir/tensor/base.td"

class View<string mnemonic, dag attributes> : Weft_DifferentiableOp<mnemonic, "view", []> {
  let arguments = !con((ins AnyRankedTensor:$x), attributes);
  let results = (outs AnyRankedTensor:$y);
}
/// Same elements in row-major order, other `sizes`.
def ReshapeOp : View<"reshape", (ins DenseI64ArrayAttr:$sizes)>;
/// Dim i of the result is dim `permutation[i]` of x.
def PermuteOp : View<"permute", (ins DenseI64ArrayAttr:$permutation)>;
/// NumPy broadcasting to `sizes`.
def ExpandOp  : View<"expand", (ins DenseI64ArrayAttr:$sizes)>;
/// Reverses `dims`.
def FlipOp    : View<"flip", (ins DenseI64ArrayAttr:$dims)>;
/// `sizes` elements along every dim, from `starts` (a 0-dim i64 operand a dim: run-time values),
/// every `steps`-th.
def SliceOp   : Weft_DifferentiableOp<"slice", "view", ["starts"]> {
  let arguments = (ins AnyRankedTensor:$x, Variadic<AnyRankedTensor>:$starts,
                       DenseI64ArrayAttr:$sizes, DenseI64ArrayAttr:$steps);
  let results = (outs AnyRankedTensor:$y);
}
/// x with the elements that `slice` with these starts and steps would read replaced by `update`.
def InsertOp  : Weft_DifferentiableOp<"insert", "view", ["starts"]> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$update, Variadic<AnyRankedTensor>:$starts,
                       DenseI64ArrayAttr:$steps);
  let results = (outs AnyRankedTensor:$y);
}
/// `low[i]`/`high[i]` elements equal to `value` (0-dim) before and after dim i, `interior[i]`
/// between neighbours. Not negative.
def PadOp     : Weft_DifferentiableOp<"pad", "view", []> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$value, DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
                       DenseI64ArrayAttr:$interior);
  let results = (outs AnyRankedTensor:$y);
}
def ConcatOp  : Weft_DifferentiableOp<"concat", "view", []> {
  let arguments = (ins Variadic<AnyRankedTensor>:$xs, I64Attr:$dim);
  let results = (outs AnyRankedTensor:$y);
}
#endif
