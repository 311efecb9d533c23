#include "ir/interface/symbol.h"

#include "ir/interface/emit.h"

namespace mlir::weft {
namespace {
namespace attrs = ::torch::op::attrs;
using ::torch::op::DType;
using ::torch::op::Literal;

::torch::op::Op opOf(Operation *op) {
  ::torch::op::Op id{};
  [[maybe_unused]] bool known =
      ::torch::op::find_op(op->getName().stripDialect().str().c_str(), id);
  assert(known && "an elementwise op has a row");
  return id;
}

#include "ir/interface/gradients.inc"
}  // namespace

Symbol Symbol::literal(double value, ArrayRef<int64_t> sizes) const {
  return constant(*this, Literal::of(toType(type()).dtype, value), sizes);
}

Symbol constant(const Symbol &place, Literal value, ArrayRef<int64_t> sizes) {
  return place.at(emit(place.builder(), place.loc(), ::torch::op::Op::constant, {},
                       attrs::constant::pack(value, sizes))
                      ->getResult(0));
}

Symbol integer(const Symbol &place, int64_t value) {
  Literal literal;
  literal.dtype = DType::Long;
  literal.bits = value;
  return constant(place, literal);
}

Symbol apply(::torch::op::Op op, ArrayRef<Symbol> operands, const ::torch::op::Attrs &attrs) {
  if (llvm::any_of(operands, [](const Symbol &s) { return !s; })) return Symbol();
  SmallVector<Value> values(operands.begin(), operands.end());
  const Symbol &like = operands.front();
  return like.at(emit(like.builder(), like.loc(), op, values, attrs)->getResult(0));
}

Symbol zerosLike(const Symbol &x) { return x.literal(0.0, x.sizes()); }

Symbol iotaLike(const Symbol &x, int64_t dim, Type elementType) {
  const auto dtype = toType(x.type().clone(elementType)).dtype;
  return x.at(emit(x.builder(), x.loc(), ::torch::op::Op::iota, {},
                   attrs::iota::pack(x.sizes(), dim, dtype))
                  ->getResult(0));
}

Symbol convert(const Symbol &x, Type elementType) {
  if (!x || x.type().getElementType() == elementType) return x;
  return apply(::torch::op::Op::cast, {x},
               attrs::cast::pack(toType(x.type().clone(elementType)).dtype));
}

Symbol reshape(const Symbol &x, ArrayRef<int64_t> sizes) {
  return !x || x.sizes() == sizes
             ? x
             : apply(::torch::op::Op::reshape, {x}, attrs::reshape::pack(sizes));
}

Symbol permute(const Symbol &x, ArrayRef<int64_t> permutation) {
  return apply(::torch::op::Op::permute, {x}, attrs::permute::pack(permutation));
}

Symbol transpose(const Symbol &x) {
  if (!x) return x;
  SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(x.rank()));
  std::swap(order[order.size() - 1], order[order.size() - 2]);
  return permute(x, order);
}

Symbol expand(const Symbol &x, ArrayRef<int64_t> sizes) {
  return !x || x.sizes() == sizes ? x
                                  : apply(::torch::op::Op::expand, {x}, attrs::expand::pack(sizes));
}

Symbol flip(const Symbol &x, ArrayRef<int64_t> dims) {
  return apply(::torch::op::Op::flip, {x}, attrs::flip::pack(dims));
}

Symbol slice(const Symbol &x, ValueRange starts, ArrayRef<int64_t> sizes, ArrayRef<int64_t> steps) {
  if (!x) return x;
  SmallVector<Symbol> operands{x};
  for (Value start : starts) operands.push_back(x.at(start));
  return apply(::torch::op::Op::slice, operands, attrs::slice::pack(sizes, steps));
}

Symbol narrow(const Symbol &x, int64_t dim, int64_t start, int64_t size) {
  if (!x || x.size(dim) == size) return x;
  SmallVector<Value> starts(x.rank(), integer(x, 0));
  if (start != 0) starts[dim] = integer(x, start);
  SmallVector<int64_t> sizes(x.sizes());
  sizes[dim] = size;
  return slice(x, starts, sizes, SmallVector<int64_t>(x.rank(), 1));
}

Symbol insert(const Symbol &x, const Symbol &update, ValueRange starts, ArrayRef<int64_t> steps) {
  if (!x || !update) return Symbol();
  SmallVector<Symbol> operands{x, update};
  for (Value start : starts) operands.push_back(x.at(start));
  return apply(::torch::op::Op::insert, operands, attrs::insert::pack(steps));
}

Symbol pad(const Symbol &x, const Symbol &value, ArrayRef<int64_t> low, ArrayRef<int64_t> high,
           ArrayRef<int64_t> interior) {
  return apply(::torch::op::Op::pad, {x, value}, attrs::pad::pack(low, high, interior));
}

Symbol concat(ArrayRef<Symbol> xs, int64_t dim) {
  return xs.size() == 1 ? xs.front() : apply(::torch::op::Op::concat, xs, attrs::concat::pack(dim));
}

Symbol matmul(const Symbol &a, const Symbol &b) { return apply(::torch::op::Op::matmul, {a, b}); }

Symbol sum(const Symbol &x, ArrayRef<int64_t> dims) {
  return dims.empty() ? x : apply(::torch::op::Op::sum, {x}, attrs::sum::pack(dims));
}

Symbol unreduce(const Symbol &y, ArrayRef<int64_t> sizes, ArrayRef<int64_t> dims) {
  SmallVector<int64_t> kept(sizes);
  for (int64_t d : dims) kept[d] = 1;
  return expand(reshape(y, kept), sizes);
}

Symbol sumTo(const Symbol &x, ArrayRef<int64_t> sizes) {
  if (!x || x.sizes() == sizes) return x;
  const int64_t lead = x.rank() - static_cast<int64_t>(sizes.size());
  SmallVector<int64_t> dims;
  for (int64_t d = 0; d < x.rank(); ++d)
    if (d < lead || (sizes[d - lead] == 1 && x.size(d) != 1)) dims.push_back(d);
  return reshape(sum(x, dims), sizes);
}

Location gradLoc(Location loc) {
  return NameLoc::get(StringAttr::get(loc.getContext(), "grad"), loc);
}

SmallVector<Value> elementwiseVjp(Operation* op, OpBuilder& builder, Value dy,
                                  ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(op, builder);
  SmallVector<Symbol> operands;
  for (Value operand : op->getOperands()) operands.push_back(symbol(operand));
  const Symbol y = symbol(op->getResult(0)), cotangent = symbol(dy);
  SmallVector<Value> gradients(operands.size());
  for (unsigned i = 0; i < operands.size(); ++i)
    if (needed[i])
      gradients[i] = sumTo(gradient(opOf(op), i, operands, y, cotangent), operands[i].sizes());
  return gradients;
}

}  // namespace mlir::weft
