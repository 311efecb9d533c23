// Gradients of pooling. Both pairs are linear and each other's transposed.
#include "ir/interface/convert.h"
#include "ir/interface/symbol.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
namespace {
namespace attrs = ::torch::op::attrs;


// The trailing dims into one.
Symbol flatten(const Symbol &x, size_t window_dims) {
  SmallVector<int64_t> sizes(x.sizes().drop_back(window_dims));
  int64_t count = 1;
  for (int64_t n : x.sizes().take_back(window_dims)) count *= n;
  sizes.push_back(count);
  return reshape(x, sizes);
}
}  // namespace

SmallVector<Value> MaxPoolOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const ArrayRef<int64_t> sizes = symbol(getX()).sizes().take_back(getWindow().size());
  return {apply(::torch::op::Op::max_pool_grad, {symbol(dys[0]), symbol(getIndices())},
                attrs::max_pool_grad::pack(getWindow(), getStride(), getPadding(),
                                           getDilation(), sizes))};
}

SmallVector<Value> MaxPoolGradOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const size_t dims = getWindow().size();
  const Symbol indices = symbol(getIndices()), positions = flatten(indices, dims);
  const Symbol taken = apply(::torch::op::Op::gather, {flatten(symbol(dys[0]), dims), positions},
                             attrs::gather::pack(positions.rank() - 1));
  return {reshape(taken, indices.sizes()), Value()};
}

SmallVector<Value> WindowSumOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const ArrayRef<int64_t> sizes = symbol(getX()).sizes().take_back(getWindow().size());
  return {apply(::torch::op::Op::window_sum_grad, {symbol(dys[0])},
                attrs::window_sum_grad::pack(getWindow(), getStride(), getPadding(),
                                             getDilation(), sizes))};
}

SmallVector<Value> WindowSumGradOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol dy = symbol(dys[0]);
  // The op does not say how the windows were counted; the size of its operand does.
  const auto pooled = [&](bool ceil) {
    return attrs::window_sum::pack(getWindow(), getStride(), getPadding(), getDilation(), ceil);
  };
  const auto x = toType(dy.type()), expected = toType(symbol(getDy()).type());
  const ::torch::op::Type *operand = &x;
  ::torch::op::Types floor;
  const std::string error =
      ::torch::op::infer(::torch::op::Op::window_sum, {&operand, 1}, pooled(false), floor);
  return {apply(::torch::op::Op::window_sum, {dy}, pooled(!error.empty() || floor[0] != expected))};
}

}  // namespace mlir::weft
