// Gradients of the reductions.
#include <algorithm>

#include "ir/interface/symbol.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {

SmallVector<Value> SumOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  return {unreduce(symbol(dys[0]), symbol(getX()).sizes(), getDims())};
}

SmallVector<Value> MeanOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol x = symbol(getX()), dy = symbol(dys[0]);
  double count = 1;
  for (int64_t d : getDims()) count *= static_cast<double>(x.size(d));
  // The mean of nothing gives gradients to nothing, and those no nan to dy in turn.
  return {unreduce(dy / std::max(count, 1.0), x.sizes(), getDims())};
}

namespace {
// The cotangent of a vector (trailing dim) for the cotangent g of its product, through the product
// taken as a tree of halves: no division, so zeros in x are nothing special, also for the gradients
// of this gradient. Linear work.
Symbol productGradient(const Symbol &x, const Symbol &g) {
  const int64_t dim = x.rank() - 1, n = x.size(dim);
  if (n == 1) return reshape(g, x.sizes());
  const int64_t half = (n + 1) / 2;
  const Symbol low = narrow(x, dim, 0, half);
  Symbol high = narrow(x, dim, half, n - half);
  if (n - half < half) {
    SmallVector<int64_t> none(x.rank(), 0), one(none);
    one[dim] = 1;
    high = pad(high, x.literal(1.0), none, one, none);
  }
  const Symbol up = productGradient(low * high, g);
  return narrow(concat({up * high, up * low}, dim), dim, 0, n);
}

// Evenly shared between the elements that equal the largest or smallest.
Value sharedGradient(const Symbol &x, const Symbol &y, const Symbol &dy, ArrayRef<int64_t> dims) {
  const Symbol chosen = x == unreduce(y, x.sizes(), dims);
  const Symbol count = sum(convert(chosen, x.type().getElementType()), dims);
  return select(chosen, unreduce(dy / count, x.sizes(), dims), 0.0);
}
}  // namespace

SmallVector<Value> ProdOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol x = symbol(getX());
  if (x.numel() == 0) return {zerosLike(x)};
  // Reduced dims to the end and into one.
  SmallVector<int64_t> order, sizes, back(x.rank());
  int64_t count = 1;
  for (int64_t d = 0; d < x.rank(); ++d)
    if (!llvm::is_contained(getDims(), d)) order.push_back(d), sizes.push_back(x.size(d));
  for (int64_t d : getDims()) order.push_back(d), count *= x.size(d);
  for (int64_t i = 0; i < x.rank(); ++i) back[order[i]] = i;
  const Symbol moved = permute(x, order);
  sizes.push_back(count);
  SmallVector<int64_t> single(sizes);
  single.back() = 1;
  const Symbol dx = productGradient(reshape(moved, sizes), reshape(symbol(dys[0]), single));
  return {permute(reshape(dx, moved.sizes()), back)};
}

SmallVector<Value> MaxOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  return {sharedGradient(symbol(getX()), symbol(getY()), symbol(dys[0]), getDims())};
}

SmallVector<Value> MinOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  return {sharedGradient(symbol(getX()), symbol(getY()), symbol(dys[0]), getDims())};
}

}  // namespace mlir::weft
