// The ops without a shape rule: weft.kernel, weft.scan and their weft.yield; the checks.
#include "ir/interface/convert.h"
#include "ir/op/requirement.h"
#include "ir/tensor/ops.h"
#include "llvm/ADT/StringExtras.h"
#include "mlir/IR/Builders.h"

namespace mlir::weft {
namespace op = ::torch::op;
namespace {
// (%x = %0 : tensor<4xf32>, ...): what the body calls the operands. `argumentType` is empty for a
// type that has none.
using ArgumentType = llvm::function_ref<Type(Type)>;
Type same(Type type) { return type; }
// Of a stacked operand the body sees one step.
Type step(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || tensor.getRank() == 0) return Type();
  return RankedTensorType::get(tensor.getShape().drop_front(), tensor.getElementType());
}

ParseResult parseBindings(OpAsmParser& parser, OperationState& state,
                          SmallVectorImpl<OpAsmParser::Argument>& arguments,
                          ArgumentType argumentType) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, [&]() -> ParseResult {
    OpAsmParser::UnresolvedOperand operand;
    Type type;
    SMLoc at;
    if (parser.parseArgument(arguments.emplace_back()) || parser.parseEqual() ||
        parser.parseOperand(operand) || parser.parseColon() || parser.getCurrentLocation(&at) ||
        parser.parseType(type))
      return failure();
    arguments.back().type = argumentType(type);
    if (!arguments.back().type)
      return parser.emitError(at, "got a stacked operand of type ")
             << type << "; expected a tensor with a leading dim";
    return parser.resolveOperand(operand, type, state.operands);
  });
}

// -> (types) attributes {...} { body }
template <class ConcreteOp>
ParseResult parseRest(OpAsmParser& parser, OperationState& state,
                      ArrayRef<OpAsmParser::Argument> arguments) {
  SmallVector<Type> results;
  const auto parseResult = [&] { return parser.parseType(results.emplace_back()); };
  if (parser.parseArrow() ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, parseResult) ||
      parser.parseOptionalAttrDictWithKeyword(state.attributes))
    return failure();
  state.addTypes(results);
  Region *body = state.addRegion();
  if (parser.parseRegion(*body, arguments)) return failure();
  ConcreteOp::ensureTerminator(*body, parser.getBuilder(), state.location);
  return success();
}

void printBindings(OpAsmPrinter &p, ValueRange arguments, ValueRange operands) {
  p << '(';
  llvm::interleaveComma(llvm::zip(arguments, operands), p, [&](auto pair) {
    auto [argument, operand] = pair;
    p << argument << " = " << operand << " : " << operand.getType();
  });
  p << ')';
}

void printRest(OpAsmPrinter &p, Operation *op, ArrayRef<StringRef> elided) {
  p << " -> (";
  llvm::interleaveComma(op->getResultTypes(), p);
  p << ')';
  p.printOptionalAttrDictWithKeyword(op->getAttrs(), elided);
  p << ' ';
  p.printRegion(op->getRegion(0), /*printEntryBlockArgs=*/false, /*printBlockTerminators=*/true);
}
}  // namespace

ParseResult KernelOp::parse(OpAsmParser &parser, OperationState &state) {
  StringAttr kind;
  SmallVector<OpAsmParser::Argument> arguments;
  if (parser.parseAttribute(kind, "kind", state.attributes) ||
      parseBindings(parser, state, arguments, same))
    return failure();
  return parseRest<KernelOp>(parser, state, arguments);
}

void KernelOp::print(OpAsmPrinter &p) {
  p << ' ' << getKindAttr() << ' ';
  printBindings(p, getBody().getArguments(), getOperands());
  printRest(p, *this, {"kind"});
}

LogicalResult KernelOp::verify() {
  static constexpr StringLiteral kinds[] = {"map",     "reduction", "contraction",
                                            "scatter", "scan",      "call"};
  if (!llvm::is_contained(kinds, getKind()))
    return emitOpError("got kind \"") << getKind() << "\"; expected one of "
                                      << llvm::join(ArrayRef<StringLiteral>(kinds), " ");
  if (TypeRange(getBody().getArgumentTypes()) != TypeRange(getOperandTypes()))
    return emitOpError("got body arguments of other types than the operands; expected (")
           << getOperandTypes() << ")";
  return success();
}

LogicalResult KernelOp::verifyRegions() {
  for (Operation &op : getBody().front())
    if (!isa<WeftDialect>(op.getDialect()) || isa<KernelOp, GradOp>(op))
      return op.emitOpError(
          "stands in the body of a weft.kernel; expected weft ops other than kernel and grad");
  return success();
}

ParseResult ScanOp::parse(OpAsmParser &parser, OperationState &state) {
  SmallVector<OpAsmParser::Argument> arguments;
  Builder &b = parser.getBuilder();
  if (parser.parseKeyword("carried") || parseBindings(parser, state, arguments, same))
    return failure();
  const size_t carried = arguments.size();
  if (parser.parseKeyword("stacked") || parseBindings(parser, state, arguments, step))
    return failure();
  const size_t stacked = arguments.size() - carried;
  if (parser.parseKeyword("captured") || parseBindings(parser, state, arguments, same))
    return failure();
  state.addAttribute("num_carried", b.getI64IntegerAttr(static_cast<int64_t>(carried)));
  state.addAttribute("num_stacked", b.getI64IntegerAttr(static_cast<int64_t>(stacked)));
  state.addAttribute("reverse", b.getBoolAttr(succeeded(parser.parseOptionalKeyword("reverse"))));
  return parseRest<ScanOp>(parser, state, arguments);
}

void ScanOp::print(OpAsmPrinter &p) {
  const auto arguments = getBody().getArguments();
  const auto operands = getOperands();
  const size_t carried = getNumCarried(), stacked = getNumStacked(), both = carried + stacked;
  p << " carried";
  printBindings(p, arguments.take_front(carried), operands.take_front(carried));
  p << " stacked";
  printBindings(p, arguments.slice(carried, stacked), operands.slice(carried, stacked));
  p << " captured";
  printBindings(p, arguments.drop_front(both), operands.drop_front(both));
  if (getReverse()) p << " reverse";
  printRest(p, *this, {"num_carried", "num_stacked", "reverse"});
}

namespace {
bool toTypes(TypeRange from, SmallVectorImpl<op::Type> &to) {
  for (Type type : from) {
    std::optional<op::Type> converted = toTypeIfAny(type);
    if (!converted) return false;
    to.push_back(std::move(*converted));
  }
  return true;
}
}  // namespace

LogicalResult ScanOp::verify() {
  SmallVector<op::Type> operands, inputs, outputs;
  Operation *yield = getBody().front().getTerminator();
  if (!toTypes(getOperandTypes(), operands) || !toTypes(getBody().getArgumentTypes(), inputs) ||
      !toTypes(yield->getOperandTypes(), outputs))
    return emitOpError("expected every value to be ") << expectedTypes();
  SmallVector<const op::Type *> pointers;
  for (const op::Type &type : operands) pointers.push_back(&type);
  op::Types results;
  const std::string error =
      op::infer_scan({pointers.data(), pointers.size()}, packAttrs(*this),
                     {inputs.data(), inputs.size()}, {outputs.data(), outputs.size()}, results);
  if (!error.empty()) return emitOpError(error);
  SmallVector<Type> expected;
  for (const op::Type &type : results) expected.push_back(toMlir(getContext(), type));
  if (TypeRange(expected) != TypeRange(getResultTypes()))
    return emitOpError("got results of types (")
           << getResultTypes() << "); expected (" << TypeRange(expected) << ")";
  return success();
}

LogicalResult CheckIndexOp::verify() {
  auto type = dyn_cast<RankedTensorType>(getIndex().getType());
  if (type && type.hasStaticShape() &&
      (type.getElementType().isInteger(64) || type.getElementType().isInteger(32)))
    return success();
  return emitOpError("got ") << getIndex().getType() << "; expected a tensor of i64 or i32";
}

LogicalResult CheckDivisorOp::verify() {
  const std::optional<op::Type> type = toTypeIfAny(getDivisor().getType());
  if (type && op::is_integral(type->dtype, false)) return success();
  return emitOpError("got ") << getDivisor().getType() << "; expected a tensor of integers";
}

LogicalResult CheckRequiredOp::verify() {
  const std::optional<op::Type> ok = toTypeIfAny(getOk().getType()),
                                x = toTypeIfAny(getX().getType());
  if (!ok || !x || ok->dtype != op::DType::Bool || ok->dims != x->dims)
    return emitOpError("got ") << getOk().getType() << " and " << getX().getType()
                               << "; expected booleans of one shape with what they speak of";
  if (getWhat() < static_cast<uint64_t>(op::Requirement::count)) return success();
  return emitOpError("got what = ") << getWhat() << "; expected the number of a requirement";
}

LogicalResult YieldOp::verify() {
  if (auto kernel = dyn_cast<KernelOp>((*this)->getParentOp()))
    if (TypeRange(getOperandTypes()) != TypeRange(kernel.getResultTypes()))
      return emitOpError("got values of types (")
             << getOperandTypes() << "); expected the results of the kernel ("
             << kernel.getResultTypes() << ")";
  return success();
}
}  // namespace mlir::weft
