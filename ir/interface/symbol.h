/// Graph code as formulas. A Symbol is a value together with the place where more code about it
/// goes; functions and operators on Symbols build ops there. Gradient formulas of the op rows (`dy
/// * (1.0 - y * y)`) compile against these very functions, and the vjps of the other families are
/// written with them.
#pragma once
#include <initializer_list>

#include "ir/op/op.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace mlir::weft {

/// A value, its builder and its location; null where there is no value (no gradient).
class Symbol {
 public:
  Symbol() = default;
  Symbol(OpBuilder& builder, Location loc, Value value)
      : builder_(&builder), loc_(loc), value_(value) {}

  explicit operator bool() const { return static_cast<bool>(value_); }
  operator Value() const { return value_; }
  RankedTensorType type() const { return cast<RankedTensorType>(value_.getType()); }
  ArrayRef<int64_t> sizes() const { return type().getShape(); }
  int64_t size(int64_t dim) const { return type().getDimSize(dim); }
  int64_t rank() const { return type().getRank(); }
  int64_t numel() const { return type().getNumElements(); }
  /// Another value at the same place.
  Symbol at(Value value) const { return Symbol(*builder_, loc(), value); }
  /// `sizes` times `value`, of this element type; 0-dim without sizes.
  Symbol literal(double value, ArrayRef<int64_t> sizes = {}) const;

  OpBuilder &builder() const { return *builder_; }
  Location loc() const { return Location(loc_); }

 private:
  OpBuilder *builder_ = nullptr;
  LocationAttr loc_;
  Value value_;
};

/// The first result of a new op on these operands (one of them at least); null when an operand is
/// null.
Symbol apply(::torch::op::Op op, ArrayRef<Symbol> operands, const ::torch::op::Attrs &attrs = {});

// A function or operator for each elementwise row, with literals for operands.
#include "ir/interface/symbols.inc"

/// `sizes` times `value` where code about `place` goes; 0-dim without sizes.
Symbol constant(const Symbol &place, ::torch::op::Literal value, ArrayRef<int64_t> sizes = {});
/// A 0-dim i64, as starts of slices are.
Symbol integer(const Symbol &place, int64_t value);
/// Zeros like x.
Symbol zerosLike(const Symbol &x);
/// The index along `dim` in a tensor like x, as `elementType`.
Symbol iotaLike(const Symbol &x, int64_t dim, Type elementType);
Symbol convert(const Symbol &x, Type elementType);
Symbol reshape(const Symbol &x, ArrayRef<int64_t> sizes);
Symbol permute(const Symbol &x, ArrayRef<int64_t> permutation);
/// Its last two dims swapped.
Symbol transpose(const Symbol &x);
Symbol expand(const Symbol &x, ArrayRef<int64_t> sizes);
Symbol flip(const Symbol &x, ArrayRef<int64_t> dims);
Symbol slice(const Symbol &x, ValueRange starts, ArrayRef<int64_t> sizes, ArrayRef<int64_t> steps);
/// `size` elements along `dim` from `start`.
Symbol narrow(const Symbol &x, int64_t dim, int64_t start, int64_t size);
Symbol insert(const Symbol &x, const Symbol &update, ValueRange starts, ArrayRef<int64_t> steps);
/// `low` and `high` zeros (or `value`) about every dim.
Symbol pad(const Symbol &x, const Symbol &value, ArrayRef<int64_t> low, ArrayRef<int64_t> high,
           ArrayRef<int64_t> interior);
Symbol concat(ArrayRef<Symbol> xs, int64_t dim);
Symbol matmul(const Symbol &a, const Symbol &b);
/// Sum over `dims`, which leave; x itself when there are none.
Symbol sum(const Symbol &x, ArrayRef<int64_t> dims);
/// y of a reduction of a tensor of `sizes` over `dims`, back to `sizes`: its value at every reduced
/// element.
Symbol unreduce(const Symbol &y, ArrayRef<int64_t> sizes, ArrayRef<int64_t> dims);
/// The transposed of broadcasting: x summed over the dims along which a tensor of `sizes` was
/// repeated.
Symbol sumTo(const Symbol &x, ArrayRef<int64_t> sizes);

/// The location of the gradient code of an op at `loc`: dumps show it as "grad"(loc).
Location gradLoc(Location loc);
/// Symbols of an op's values where its gradient code goes.
inline auto gradSymbols(Operation *op, OpBuilder &builder) {
  return
      [&builder, loc = gradLoc(op->getLoc())](Value value) { return Symbol(builder, loc, value); };
}

/// DifferentiableOp::vjp of every elementwise row: its gradient formulas, each summed to its
/// operand's shape.
SmallVector<Value> elementwiseVjp(Operation* op, OpBuilder& builder, Value dy,
                                  ArrayRef<bool> needed);

}  // namespace mlir::weft
