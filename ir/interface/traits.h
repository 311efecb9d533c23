/// What ops promise: their interface and traits. Promises are kept by one function for all ops,
/// over the table of ir/op.
#pragma once
#include <optional>

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"

#include "ir/interface/interfaces.h.inc"

namespace mlir::weft {

/// Result types of the weft op `name` by its shape rule; says what is wrong at `location` when
/// there is one.
LogicalResult inferByRule(StringRef name, MLIRContext* context, std::optional<Location> location,
                          ValueRange operands, DictionaryAttr attributes,
                          SmallVectorImpl<Type>& results);
/// The types that `op` has are those that its shape rule gives.
LogicalResult verifyByRule(Operation *op);
/// The vjp of every op that has formulas: their gradients, summed over broadcast dims.
SmallVector<Value> elementwiseVjp(Operation* op, OpBuilder& builder, Value dy,
                                  ArrayRef<bool> needed);

template <class ConcreteOp> class ShapeRule : public OpTrait::TraitBase<ConcreteOp, ShapeRule> {
 public:
  static LogicalResult verifyTrait(Operation *op) { return verifyByRule(op); }
};
template <class ConcreteOp> class NoGradient : public OpTrait::TraitBase<ConcreteOp, NoGradient> {};
template <class ConcreteOp> class Check : public OpTrait::TraitBase<ConcreteOp, Check> {};
template <class ConcreteOp> class Pointwise : public OpTrait::TraitBase<ConcreteOp, Pointwise> {};
}  // namespace mlir::weft
