#include "ir/interface/emit.h"

namespace mlir::weft {
namespace op = ::torch::op;

Operation* emit(OpBuilder& builder, Location location, op::Op op, ValueRange operands,
                const op::Attrs& attrs) {
  SmallVector<op::Type, 4> types;
  for (Value v : operands) types.push_back(toType(v.getType()));
  SmallVector<const op::Type *, 4> pointers;
  for (const op::Type &type : types) pointers.push_back(&type);
  op::Types results;
  const std::string error = op::infer(op, {pointers.data(), pointers.size()}, attrs, results);
  if (!error.empty()) throw RuleError(std::string("weft.") + op::name(op) + ": " + error);

  OperationState state(location, (Twine("weft.") + op::name(op)).str());
  state.addOperands(operands);
  state.attributes = unpackAttrs(builder.getContext(), op, attrs);
  for (const op::Type &type : results) state.addTypes(toMlir(builder.getContext(), type));
  return builder.create(state);
}

Value emitFull(OpBuilder &builder, Location location, const op::Type &type, double value) {
  return emitValue(builder, location, op::Op::constant, {},
                   op::attrs::constant::pack(op::Literal::of(type.dtype, value), type.dims));
}
}  // namespace mlir::weft
