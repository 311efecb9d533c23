// Pooling over the trailing dims (as many as `window` has). `padding` is low and high alike;
// `sizes` are those of the unpooled trailing dims in gradients. Positions outside of the input are
// never taken (max) or count as zeros (avg).
#ifndef WEFT_WINDOW_TD
#define WEFT_WINDOW_TD
include "ir/tensor/base.td"

class Window<string mnemonic, dag operands, dag more, list<string> reads = [], list<Trait> traits = []>
    : Weft_DifferentiableOp<mnemonic, "window", reads, traits> {
  let arguments = !con(operands, (ins DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$padding,
                                      DenseI64ArrayAttr:$dilation), more);
  let results = (outs AnyRankedTensor:$y);
  let types = "number";
}
/// Largest element of each window and its index in the flattened trailing dims (i64); the first of
/// equals, nan wins. `ceil_mode` counts a last, incomplete window.
def MaxPoolOp : Window<"max_pool", (ins AnyRankedTensor:$x), (ins BoolAttr:$ceil_mode), ["indices"]> {
  let results = (outs AnyRankedTensor:$y, AnyRankedTensor:$indices);
}
/// Adds dy[o] to position indices[o] if window o holds it; windows in ascending order.
def MaxPoolGradOp : Window<"max_pool_grad", (ins AnyRankedTensor:$dy, AnyRankedTensor:$indices),
                           (ins DenseI64ArrayAttr:$sizes), ["indices"]> { let types = "any"; }
/// Sum over each window (zeros outside); average pooling divides it by a count.
def WindowSumOp : Window<"window_sum", (ins AnyRankedTensor:$x), (ins BoolAttr:$ceil_mode)>;
/// Transposed: every position receives the sum of the dy of the windows that hold it.
def WindowSumGradOp : Window<"window_sum_grad", (ins AnyRankedTensor:$dy), (ins DenseI64ArrayAttr:$sizes)>;
#endif
