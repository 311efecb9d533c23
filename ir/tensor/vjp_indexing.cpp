// Gradients of what index tensors choose.
#include "ir/interface/symbol.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
namespace {
namespace attrs = ::torch::op::attrs;

Symbol gather(const Symbol &x, const Symbol &index, int64_t dim) {
  return apply(::torch::op::Op::gather, {x, index}, attrs::gather::pack(dim));
}

// One index a row, and a row for each of x's: chosen elements are found by comparing, which is a
// map, not a scatter.
bool choosesOneEach(const Symbol &x, const Symbol &index, int64_t dim) {
  SmallVector<int64_t> rows(x.sizes());
  rows[dim] = 1;
  return index.sizes() == ArrayRef<int64_t>(rows);
}
}  // namespace

SmallVector<Value> GatherOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol x = symbol(getX()), index = symbol(getIndex()), dy = symbol(dys[0]);
  const int64_t dim = getDim();
  if (choosesOneEach(x, index, dim))
    return {select(iotaLike(x, dim, index.type().getElementType()) == index, dy, 0.0), Value()};
  return {
      apply(::torch::op::Op::scatter_add, {zerosLike(x), index, dy}, attrs::scatter_add::pack(dim)),
      Value()};
}

SmallVector<Value> ScatterAddOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  return {dys[0], Value(),
          needed[2] ? gather(symbol(dys[0]), symbol(getIndex()), getDim()) : Symbol()};
}

// As in libtorch, right where no position is put twice.
SmallVector<Value> ScatterOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol index = symbol(getIndex()), dy = symbol(dys[0]);
  Symbol dx, dsrc;
  if (needed[0])
    dx = apply(::torch::op::Op::scatter, {dy, index, zerosLike(symbol(getSrc()))},
               attrs::scatter::pack(getDim()));
  if (needed[2]) dsrc = gather(dy, index, getDim());
  return {dx, Value(), dsrc};
}

SmallVector<Value> IndexSelectOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  return {apply(::torch::op::Op::index_add,
                {zerosLike(symbol(getX())), symbol(getIndex()), symbol(dys[0])},
                attrs::index_add::pack(getDim())),
          Value()};
}

SmallVector<Value> IndexAddOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  Symbol dsrc;
  if (needed[2])
    dsrc = apply(::torch::op::Op::index_select, {symbol(dys[0]), symbol(getIndex())},
                 attrs::index_select::pack(getDim()));
  return {dys[0], Value(), dsrc};
}

SmallVector<Value> CastOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  return {convert(symbol(dys[0]), symbol(getX()).type().getElementType())};
}

}  // namespace mlir::weft
