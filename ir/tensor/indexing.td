// Elements chosen by integer tensors. Indices (i64 or i32) are in [0, size): the frontend wraps
// negative ones.
#ifndef WEFT_INDEXING_TD
#define WEFT_INDEXING_TD
include "ir/tensor/base.td"

/// y[i][j][k] = x[i][index[i][j][k]][k] for dim = 1 (torch.gather); index may be smaller than x in
/// the other dims.
def GatherOp : Weft_DifferentiableOp<"gather", "indexing", ["index"]> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$index, I64Attr:$dim);
  let results = (outs AnyRankedTensor:$y);
}
/// x with src added at (or, `scatter`, put to) the positions that `gather` would read, in ascending
/// order of src; src and index have one shape.
def ScatterAddOp : Weft_DifferentiableOp<"scatter_add", "indexing", ["index"]> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$index, AnyRankedTensor:$src, I64Attr:$dim);
  let results = (outs AnyRankedTensor:$y);
  let types = "number";
  let rule = "scatter";
}
def ScatterOp : Weft_DifferentiableOp<"scatter", "indexing", ["index"]> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$index, AnyRankedTensor:$src, I64Attr:$dim);
  let results = (outs AnyRankedTensor:$y);
}
/// x multiplied by src, or the larger (smaller) of both, there; in ascending order of src.
class ScatterCombine<string mnemonic>
    : Weft_DifferentiableOp<mnemonic, "indexing", ["x", "index", "src", "y"]> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$index, AnyRankedTensor:$src, I64Attr:$dim);
  let results = (outs AnyRankedTensor:$y);
  let types = "number";
  let rule = "scatter";
}
def ScatterMulOp : ScatterCombine<"scatter_mul">;
def ScatterMaxOp : ScatterCombine<"scatter_max">;
def ScatterMinOp : ScatterCombine<"scatter_min">;
/// Slices of x along `dim` chosen by a 1-dim index (torch.index_select); an embedding is
/// index_select of dim 0.
def IndexSelectOp : Weft_DifferentiableOp<"index_select", "indexing", ["index"]> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$index, I64Attr:$dim);
  let results = (outs AnyRankedTensor:$y);
}
/// x with the slices of src added at the slices that `index_select` would read, in ascending order.
def IndexAddOp : Weft_DifferentiableOp<"index_add", "indexing", ["index"]> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$index, AnyRankedTensor:$src, I64Attr:$dim);
  let results = (outs AnyRankedTensor:$y);
  let types = "number";
}
/// Along `dim`, the positions (i64) of the first `count` elements in ascending (descending) order.
/// Equal ones stand in the order of their positions; nan is larger than any number.
def ArgsortOp : Weft_TensorOp<"argsort", "indexing", [NoGradient]> {
  let arguments = (ins AnyRankedTensor:$x, I64Attr:$dim, BoolAttr:$descending, I64Attr:$count);
  let results = (outs AnyRankedTensor:$y);
}
#endif
