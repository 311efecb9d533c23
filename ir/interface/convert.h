/// The roads between MLIR's types and attributes and those of ir/op.
#pragma once
#include <optional>
#include <string>

#include "ir/op/op.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"

namespace mlir::weft {

/// The row of an op by its full name ("weft.add"); none when it is no weft op.
std::optional<::torch::op::Op> toOp(StringRef name);
inline std::optional<::torch::op::Op> toOp(Operation* op) {
  return toOp(op->getName().getStringRef());
}

/// The element type in the IR (f32 for Float) and back; Undefined when there is none.
Type toMlir(MLIRContext *context, ::torch::op::DType dtype);
::torch::op::DType toDType(Type elementType);

/// tensor<4x3xf32> for float(4, 3), and back. `toType` is for types of verified IR.
RankedTensorType toMlir(MLIRContext *context, const ::torch::op::Type &type);
::torch::op::Type toType(Type type);
/// None for a type that is no static tensor of a known element type, or whose bytes overflow.
std::optional<::torch::op::Type> toTypeIfAny(Type type);

/// The attributes that the row of `op` lists, as ir/op keeps them; "" or what is wrong with them.
std::string packAttrs(::torch::op::Op op, DictionaryAttr attributes, ::torch::op::Attrs &out);
/// Those of a verified weft op.
::torch::op::Attrs packAttrs(Operation *op);
/// The way back.
NamedAttrList unpackAttrs(MLIRContext* context, ::torch::op::Op op,
                          const ::torch::op::Attrs& attrs);

/// A literal as an attribute of its type (1.0 : f32), and back; none for other attributes.
TypedAttr toMlir(MLIRContext *context, const ::torch::op::Literal &literal);
std::optional<::torch::op::Literal> toLiteral(Attribute attribute);

/// As it prints.
std::string text(Type type);
/// "a static tensor of ui8, i32, ...", for messages.
std::string expectedTypes();
}  // namespace mlir::weft
