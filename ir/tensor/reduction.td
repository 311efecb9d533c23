// Reductions over `dims` (sorted, not negative, at least one); reduced dims leave the result. The
// order of a sum is part of the op's meaning: ir/op/order.h.
#ifndef WEFT_REDUCTION_TD
#define WEFT_REDUCTION_TD
include "ir/tensor/base.td"

class Reduction<string mnemonic, string types_, list<string> reads, string rule_ = "reduction">
    : Weft_DifferentiableOp<mnemonic, "reduction", reads> {
  let arguments = (ins AnyRankedTensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs AnyRankedTensor:$y);
  let rule = rule_;
  let types = types_;
}
class IndexReduction<string mnemonic> : Weft_TensorOp<mnemonic, "reduction", [NoGradient]> {
  // The index (i64) along one dim of the first largest or smallest element; nan wins.
  let arguments = (ins AnyRankedTensor:$x, I64Attr:$dim);
  let results = (outs AnyRankedTensor:$y);
  let rule = "index_reduction";
  let types = "number";
}
class BoolReduction<string mnemonic> : Weft_TensorOp<mnemonic, "reduction", [NoGradient]> {
  let arguments = (ins AnyRankedTensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs AnyRankedTensor:$y);
  let rule = "reduction";
  let types = "bool";
}
def SumOp    : Reduction<"sum", "number", []>;
def MeanOp   : Reduction<"mean", "float", []>;
def ProdOp   : Reduction<"prod", "number", ["x"]>;
// gradient shared evenly between equal elements (amax)
def MaxOp    : Reduction<"max", "number", ["x", "y"], "extremum_reduction">;
def MinOp    : Reduction<"min", "number", ["x", "y"], "extremum_reduction">;
def ArgmaxOp : IndexReduction<"argmax">;
def ArgminOp : IndexReduction<"argmin">;
def AnyOp    : BoolReduction<"any">;
def AllOp    : BoolReduction<"all">;
#endif
