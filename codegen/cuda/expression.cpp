#include "codegen/cuda/expression.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace mlir::weft::cuda {
namespace {

class Expression {
 public:
  Expression(const Names& names, Operation* op, llvm::function_ref<std::string(Value)> use)
      : names(names), op(op), use(use) {}

  std::string operand(unsigned i) { return use(op->getOperand(i)); }
  Type type() { return op->getResult(0).getType(); }
  Type from() { return op->getOperand(0).getType(); }
  std::string cast(const std::string& type, const std::string& x) { return "(" + type + ")" + x; }
  std::string call(StringRef name) {
    std::string text = name.str() + "(";
    for (unsigned i = 0; i < op->getNumOperands(); ++i) text += (i ? ", " : "") + operand(i);
    return text + ")";
  }
  std::string binary(StringRef sign) { return operand(0) + " " + sign.str() + " " + operand(1); }
  // Narrow integers are computed with as ints: what is above their bits goes.
  bool isNarrow(Type t) { return t.isInteger(8) || t.isInteger(16); }
  std::string wrapping(StringRef sign) {
    if (!isNarrow(type())) return binary(sign);
    return cast(names.type(type()),
                "((u32)" + operand(0) + " " + sign.str() + " (u32)" + operand(1) + ")");
  }
  std::string as(const std::string& t, StringRef sign) {
    return as(t, 0) + " " + sign.str() + " " + as(t, 1);
  }
  std::string as(const std::string& t, unsigned i) {
    const std::string x = operand(i);
    if (t == names.type(op->getOperand(i).getType())) return x;
    if (t == "u32" && llvm::all_of(x, llvm::isDigit)) return x + "u";
    return "(" + t + ")" + x;
  }
  std::string signedBinary(StringRef sign) {
    if (type().isIndex()) return binary(sign);
    return cast(names.type(type()), "(" + as(names.signedType(from()), sign) + ")");
  }
  std::string unsignedBinary(StringRef sign) {
    if (!type().isIndex()) return binary(sign);
    return cast(names.type(type()), "(" + as(names.unsignedType(from()), sign) + ")");
  }
  std::string logical(StringRef sign) {
    if (isNarrow(type())) return cast(names.type(type()), "(" + binary(sign) + ")");
    return binary(sign);
  }
  std::string chosen(StringRef sign, const std::string& t) {
    return "(" + as(t, sign) + ") ? " + operand(0) + " : " + operand(1);
  }
  // Through the type of the sign that the extension has.
  std::string extended(bool sign) {
    if (!sign) return cast(names.type(type()), operand(0));
    return cast(names.type(type()),
                cast(names.signedType(type()), cast(names.signedType(from()), operand(0))));
  }

  const Names& names;
  Operation* op;
  llvm::function_ref<std::string(Value)> use;
};

std::string compareInts(Expression& e, arith::CmpIPredicate p) {
  using P = arith::CmpIPredicate;
  const std::string s = e.names.signedType(e.from()), u = e.names.unsignedType(e.from());
  switch (p) {
    case P::eq: return e.binary("==");
    case P::ne: return e.binary("!=");
    case P::slt: return e.as(s, "<");
    case P::sle: return e.as(s, "<=");
    case P::sgt: return e.as(s, ">");
    case P::sge: return e.as(s, ">=");
    case P::ult: return e.as(u, "<");
    case P::ule: return e.as(u, "<=");
    case P::ugt: return e.as(u, ">");
    case P::uge: return e.as(u, ">=");
  }
  return "";
}

// Unordered ones are the negation of the ordered opposite.
std::optional<std::string> compareFloats(Expression& e, arith::CmpFPredicate p) {
  using P = arith::CmpFPredicate;
  auto negated = [&](StringRef sign) { return "!(" + e.binary(sign) + ")"; };
  switch (p) {
    case P::OEQ: return e.binary("==");
    case P::OLT: return e.binary("<");
    case P::OLE: return e.binary("<=");
    case P::OGT: return e.binary(">");
    case P::OGE: return e.binary(">=");
    case P::UNE: return e.binary("!=");
    case P::ULT: return negated(">=");
    case P::ULE: return negated(">");
    case P::UGT: return negated("<=");
    case P::UGE: return negated("<");
    default: return std::nullopt;
  }
}

std::string bitcast(Expression& e) {
  const Type from = e.from(), to = e.type();
  if (from.isF16() || to.isF16()) return e.operand(0);
  if (isa<FloatType>(from)) return e.cast(e.names.type(to), e.call("weft_bits"));
  return e.call(to.isF64() ? "weft_double" : "weft_float");
}
std::string indexCast(Expression& e) {
  if (e.from().isIndex())
    return e.cast(e.names.type(e.type()), e.cast(e.names.signedType(e.type()), e.operand(0)));
  return e.cast(e.names.type(e.type()), e.cast(e.names.signedType(e.from()), e.operand(0)));
}
std::string xored(Expression& e) {
  if (e.type().isInteger(1))
    if (auto c = e.op->getOperand(1).getDefiningOp<arith::ConstantOp>();
        c && cast<IntegerAttr>(c.getValue()).getValue().isOne())
      return "!" + e.operand(0);
  return e.logical("^");
}
std::string element(Expression& e) { return e.operand(0) + "[" + e.operand(1) + "]"; }

using Words = std::optional<std::string>;

Words arithmetic(Expression& e) {
  return llvm::TypeSwitch<Operation*, Words>(e.op)
      .Case([&](arith::AddIOp) { return e.wrapping("+"); })
      .Case([&](arith::SubIOp) { return e.wrapping("-"); })
      .Case([&](arith::MulIOp) { return e.wrapping("*"); })
      .Case([&](arith::DivUIOp) { return e.unsignedBinary("/"); })
      .Case([&](arith::RemUIOp) { return e.unsignedBinary("%"); })
      .Case([&](arith::DivSIOp) { return e.signedBinary("/"); })
      .Case([&](arith::RemSIOp) { return e.signedBinary("%"); })
      .Case([&](arith::FloorDivSIOp) {
        return e.cast(e.names.type(e.type()), "weft_floor_div<" + e.names.signedType(e.from()) +
                                                  ">(" + e.as(e.names.signedType(e.from()), 0) +
                                                  ", " + e.as(e.names.signedType(e.from()), 1) +
                                                  ")");
      })
      .Case([&](arith::CeilDivUIOp) {
        return "(" + e.operand(0) + " + " + e.operand(1) + " - 1) / " + e.operand(1);
      })
      .Case([&](arith::AndIOp) { return e.logical("&"); })
      .Case([&](arith::OrIOp) { return e.logical("|"); })
      .Case([&](arith::XOrIOp) { return xored(e); })
      .Case([&](arith::ShLIOp) { return e.wrapping("<<"); })
      .Case([&](arith::ShRUIOp) { return e.logical(">>"); })
      .Case([&](arith::ShRSIOp) {
        return e.cast(
            e.names.type(e.type()),
            "(" + e.cast(e.names.signedType(e.type()), e.operand(0)) + " >> " + e.operand(1) + ")");
      })
      .Case([&](arith::MinSIOp) { return e.chosen("<", e.names.signedType(e.from())); })
      .Case([&](arith::MaxSIOp) { return e.chosen(">", e.names.signedType(e.from())); })
      .Case([&](arith::MinUIOp) { return e.chosen("<", e.names.unsignedType(e.from())); })
      .Case([&](arith::MaxUIOp) { return e.chosen(">", e.names.unsignedType(e.from())); })
      .Case([&](arith::AddFOp) { return e.binary("+"); })
      .Case([&](arith::SubFOp) { return e.binary("-"); })
      .Case([&](arith::MulFOp) { return e.binary("*"); })
      .Case([&](arith::DivFOp) { return e.binary("/"); })
      .Case([&](arith::NegFOp) { return "-" + e.operand(0); })
      .Case([&](arith::SelectOp) {
        return e.operand(0) + " ? " + e.operand(1) + " : " + e.operand(2);
      })
      .Case([&](arith::CmpIOp c) { return compareInts(e, c.getPredicate()); })
      .Case([&](arith::CmpFOp c) { return compareFloats(e, c.getPredicate()); })
      .Default([](Operation*) { return Words(); });
}

Words conversion(Expression& e) {
  auto plain = [&] { return e.cast(e.names.type(e.type()), e.operand(0)); };
  return llvm::TypeSwitch<Operation*, Words>(e.op)
      .Case(
          [&](arith::ExtFOp) { return e.from().isF16() ? e.call("weft_half_to_float") : plain(); })
      .Case([&](arith::TruncFOp) {
        return e.type().isF16() ? e.call("weft_float_to_half") : plain();
      })
      .Case<arith::ExtUIOp, arith::TruncIOp, arith::UIToFPOp>([&](auto) { return plain(); })
      .Case([&](arith::ExtSIOp) { return e.extended(true); })
      .Case([&](arith::SIToFPOp) {
        return e.cast(e.names.type(e.type()), e.cast(e.names.signedType(e.from()), e.operand(0)));
      })
      .Case([&](arith::FPToSIOp) {
        return e.cast(e.names.type(e.type()), e.cast(e.names.signedType(e.type()), e.operand(0)));
      })
      .Case([&](arith::BitcastOp) { return bitcast(e); })
      .Case([&](arith::IndexCastOp) { return indexCast(e); })
      .Default([](Operation*) { return Words(); });
}

Words functions(Expression& e) {
  return llvm::TypeSwitch<Operation*, Words>(e.op)
      .Case([&](math::FmaOp) { return e.call("weft_fma"); })
      .Case([&](math::AbsFOp) { return e.call("weft_abs"); })
      .Case([&](math::SqrtOp) { return e.call("weft_sqrt"); })
      .Case([&](math::FloorOp) { return e.call("weft_floor"); })
      .Case([&](math::RoundEvenOp) { return e.call("weft_round_even"); })
      .Case([&](math::CopySignOp) { return e.call("weft_copysign"); })
      .Case([&](vector::ExtractElementOp) { return element(e); })
      .Case([&](memref::LoadOp) { return element(e); })
      .Case([&](vector::LoadOp) {
        return "weft_load<" + e.names.type(e.type()) + ">(" + e.operand(0) + " + " + e.operand(1) +
               ")";
      })
      .Default([](Operation*) { return Words(); });
}
}  // namespace

std::optional<std::string> expression(const Names& names, Operation* op,
                                      llvm::function_ref<std::string(Value)> use) {
  if (op->getNumResults() != 1) return std::nullopt;
  Expression e(names, op, use);
  if (Words words = arithmetic(e)) return words;
  if (Words words = conversion(e)) return words;
  return functions(e);
}

bool repeatsOperands(Operation* op) {
  return isa<arith::MinSIOp, arith::MaxSIOp, arith::MinUIOp, arith::MaxUIOp, arith::CeilDivUIOp>(
      op);
}
}  // namespace mlir::weft::cuda
