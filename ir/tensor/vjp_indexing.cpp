// Gradients of what index tensors choose.
#include "ir/interface/symbol.h"
#include "ir/op/requirement.h"
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
// Comparing an index out of range would find nothing, and nobody may ask for what was gathered.
Symbol checked(const Symbol &index, int64_t size) {
  return apply(::torch::op::Op::require, {index, (index >= 0) & (index < size)},
               attrs::require::pack(
                   static_cast<int64_t>(::torch::op::Requirement::row_of_table)));
}
}  // namespace

SmallVector<Value> GatherOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol x = symbol(getX()), index = symbol(getIndex()), dy = symbol(dys[0]);
  const int64_t dim = getDim();
  if (choosesOneEach(x, index, dim))
    return {select(iotaLike(x, dim, index.type().getElementType()) ==
                       checked(index, x.size(dim)),
                   dy, 0.0),
            Value()};
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

namespace {
Symbol scatterAdd(const Symbol &x, const Symbol &index, const Symbol &src, int64_t dim) {
  return apply(::torch::op::Op::scatter_add, {x, index, src}, attrs::scatter_add::pack(dim));
}

// The gradient is shared evenly between all that are equal to what is left.
template <class Scatter>
SmallVector<Value> extremeVjp(Scatter op, OpBuilder &builder, Value cotangent) {
  const auto symbol = gradSymbols(op, builder);
  const Symbol x = symbol(op.getX()), index = symbol(op.getIndex()), src = symbol(op.getSrc()),
               y = symbol(op.getY()), dy = symbol(cotangent);
  const int64_t dim = op.getDim();
  const Symbol kept = x == y, taken = src == gather(y, index, dim);
  const Type element = x.type().getElementType();
  const Symbol count = scatterAdd(convert(kept, element), index, convert(taken, element), dim);
  const Symbol share = dy / count;
  return {select(kept, share, 0.0), Value(), select(taken, gather(share, index, dim), 0.0)};
}

// The product of the others: of all but the zeros, which there may be one or none beside it.
Symbol productOfOthers(const Symbol &own, const Symbol &zeros, const Symbol &product) {
  const Symbol none = select(zeros == 0.0, product / select(own == 0.0, 1.0, own), 0.0);
  return select(own == 0.0, select(zeros == 1.0, product, 0.0), none);
}
}  // namespace

SmallVector<Value> ScatterMaxOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  return extremeVjp(*this, builder, dys[0]);
}
SmallVector<Value> ScatterMinOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  return extremeVjp(*this, builder, dys[0]);
}

SmallVector<Value> ScatterMulOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol x = symbol(getX()), index = symbol(getIndex()), src = symbol(getSrc()),
               dy = symbol(dys[0]);
  const int64_t dim = getDim();
  const Type element = x.type().getElementType();
  const Symbol zeros =
      scatterAdd(convert(x == 0.0, element), index, convert(src == 0.0, element), dim);
  const Symbol product = apply(
      ::torch::op::Op::scatter_mul,
      {select(x == 0.0, 1.0, x), index, select(src == 0.0, 1.0, src)}, attrs::scatter_mul::pack(dim));
  return {dy * productOfOthers(x, zeros, product), Value(),
          gather(dy, index, dim) *
              productOfOthers(src, gather(zeros, index, dim), gather(product, index, dim))};
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
