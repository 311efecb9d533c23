#include "ir/interface/traits.h"

#include "ir/interface/convert.h"
#include "ir/interface/interfaces.cpp.inc"

namespace mlir::weft {
namespace {
// Result types of `op`, or the sentence that says why not.
std::string infer(::torch::op::Op op, ValueRange operands, DictionaryAttr attributes,
                  ::torch::op::Types& results) {
  SmallVector<::torch::op::Type, 4> types;
  for (Value v : operands) {
    std::optional<::torch::op::Type> type = toTypeIfAny(v.getType());
    if (!type)
      return "got an operand of type " + text(v.getType()) + "; expected " + expectedTypes();
    types.push_back(std::move(*type));
  }
  ::torch::op::Attrs attrs;
  if (std::string error = packAttrs(op, attributes, attrs); !error.empty()) return error;
  SmallVector<const ::torch::op::Type *, 4> pointers;
  for (const ::torch::op::Type &type : types) pointers.push_back(&type);
  return ::torch::op::infer(op, {pointers.data(), pointers.size()}, attrs, results);
}
}  // namespace

LogicalResult inferByRule(StringRef name, MLIRContext* context, std::optional<Location> location,
                          ValueRange operands, DictionaryAttr attributes,
                          SmallVectorImpl<Type>& results) {
  std::optional<::torch::op::Op> op = toOp(name);
  if (!op) return emitOptionalError(location, "'", name, "' is not in the op table");
  ::torch::op::Types types;
  const std::string error = infer(*op, operands, attributes, types);
  if (!error.empty()) return emitOptionalError(location, "'", name, "' op ", error);
  for (const ::torch::op::Type &type : types) results.push_back(toMlir(context, type));
  return success();
}

LogicalResult verifyByRule(Operation *op) {
  std::optional<::torch::op::Op> row = toOp(op->getName().getStringRef());
  if (!row) return op->emitOpError("is not in the op table");
  ::torch::op::Types types;
  const std::string error = infer(*row, op->getOperands(), op->getAttrDictionary(), types);
  if (!error.empty()) return op->emitOpError(error);
  if (types.size() != op->getNumResults())
    return op->emitOpError("got ") << op->getNumResults() << " results; expected " << types.size();
  for (auto [i, type] : llvm::enumerate(types)) {
    const Type expected = toMlir(op->getContext(), type), got = op->getResult(i).getType();
    if (got != expected)
      return op->emitOpError("got result ") << i << " of type " << got << "; expected " << expected;
  }
  return success();
}
}  // namespace mlir::weft
