// Products with a summed index. The sum ascends along k in one fma chain per fixed chunk
// (ir/op/order.h).
#ifndef WEFT_CONTRACTION_TD
#define WEFT_CONTRACTION_TD
include "ir/tensor/base.td"

/// (B..., M, K) x (B..., K, N) -> (B..., M, N); equal batch dims. Transposed operands are
/// `permute`s, read in place.
def MatmulOp : Weft_DifferentiableOp<"matmul", "contraction", ["a", "b"]> {
  let arguments = (ins AnyRankedTensor:$a, AnyRankedTensor:$b);
  let results = (outs AnyRankedTensor:$y);
  let types = "number";
}

class Convolution<string mnemonic, dag operands, dag more> : Weft_DifferentiableOp<mnemonic, "contraction", ["a", "b"]> {
  let arguments = !con(operands, (ins DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$padding,
                                      DenseI64ArrayAttr:$dilation, I64Attr:$groups), more);
  let results = (outs AnyRankedTensor:$y);
  let types = "float";
}
/// Cross-correlation: input (N, C, spatial...), weight (O, C/groups, window...) -> (N, O, out...);
/// 1 to 3 spatial dims.
def ConvOp : Convolution<"conv", (ins AnyRankedTensor:$a, AnyRankedTensor:$b), (ins)>;
/// dy (N, O, out...), weight -> gradient of the input, whose spatial `sizes` are given.
def ConvInputGradOp : Convolution<"conv_input_grad", (ins AnyRankedTensor:$a, AnyRankedTensor:$b),
                                  (ins DenseI64ArrayAttr:$sizes)>;
/// dy (N, O, out...), input -> gradient of the weight, whose window `sizes` are given.
def ConvWeightGradOp : Convolution<"conv_weight_grad", (ins AnyRankedTensor:$a, AnyRankedTensor:$b),
                                   (ins DenseI64ArrayAttr:$sizes)>;
#endif
