// Gradients of products. The three convolutions are linear in each operand and each other's
// gradients.
#include "ir/interface/symbol.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
namespace {
namespace attrs = ::torch::op::attrs;

ArrayRef<int64_t> spatial(const Symbol &x) { return x.sizes().drop_front(2); }

// Same stride, padding, dilation and groups as `op`.
template <class ConvolutionOp>
Symbol conv(ConvolutionOp op, const Symbol& x, const Symbol& weight) {
  return apply(
      ::torch::op::Op::conv, {x, weight},
      attrs::conv::pack(op.getStride(), op.getPadding(), op.getDilation(), op.getGroups()));
}
template <class ConvolutionOp>
Symbol inputGrad(ConvolutionOp op, const Symbol& dy, const Symbol& weight,
                 ArrayRef<int64_t> sizes) {
  return apply(::torch::op::Op::conv_input_grad, {dy, weight},
               attrs::conv_input_grad::pack(op.getStride(), op.getPadding(), op.getDilation(),
                                            op.getGroups(), sizes));
}
template <class ConvolutionOp>
Symbol weightGrad(ConvolutionOp op, const Symbol &dy, const Symbol &x, ArrayRef<int64_t> sizes) {
  return apply(::torch::op::Op::conv_weight_grad, {dy, x},
               attrs::conv_weight_grad::pack(op.getStride(), op.getPadding(), op.getDilation(),
                                             op.getGroups(), sizes));
}
}  // namespace

SmallVector<Value> MatmulOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol a = symbol(getA()), b = symbol(getB()), dy = symbol(dys[0]);
  return {needed[0] ? matmul(dy, transpose(b)) : Symbol(),
          needed[1] ? matmul(transpose(a), dy) : Symbol()};
}

SmallVector<Value> ConvOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol x = symbol(getA()), weight = symbol(getB()), dy = symbol(dys[0]);
  return {needed[0] ? inputGrad(*this, dy, weight, spatial(x)) : Symbol(),
          needed[1] ? weightGrad(*this, dy, x, spatial(weight)) : Symbol()};
}

// The result is the input's shape, a the cotangent of the convolution, b its weight.
SmallVector<Value> ConvInputGradOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol a = symbol(getA()), weight = symbol(getB()), dy = symbol(dys[0]);
  return {needed[0] ? conv(*this, dy, weight) : Symbol(),
          needed[1] ? weightGrad(*this, a, dy, spatial(weight)) : Symbol()};
}

// The result is the weight's shape, a the cotangent of the convolution, b its input.
SmallVector<Value> ConvWeightGradOp::vjp(OpBuilder& builder, ValueRange dys,
                                         ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol a = symbol(getA()), x = symbol(getB()), dy = symbol(dys[0]);
  return {needed[0] ? conv(*this, x, dy) : Symbol(),
          needed[1] ? inputGrad(*this, a, dy, spatial(x)) : Symbol()};
}

}  // namespace mlir::weft
