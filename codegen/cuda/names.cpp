#include "codegen/cuda/names.h"

#include "llvm/ADT/SmallString.h"
#include "mlir/IR/BuiltinTypes.h"

namespace mlir::weft::cuda {
namespace {
std::string number(double value, bool isDouble) {
  char text[40];
  std::snprintf(text, sizeof text, isDouble ? "%.17g" : "%.9g", value);
  std::string digits = text;
  if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
  return digits + (isDouble ? "" : "f");
}
std::string hex(const APInt& bits) {
  llvm::SmallString<20> digits;
  bits.toStringUnsigned(digits, 16);
  return "0x" + digits.str().lower() + (bits.getBitWidth() == 64 ? "ull" : "u");
}
}  // namespace

std::string Names::type(Type type) const {
  if (auto vector = dyn_cast<VectorType>(type))
    return "vec<" + this->type(vector.getElementType()) + ", " +
           std::to_string(vector.getDimSize(0)) + ">";
  if (type.isF32()) return "float";
  if (type.isF64()) return "double";
  if (type.isF16()) return "u16";  // its bits
  if (type.isInteger(1)) return "bool";
  if (type.isIndex()) return wide ? "i64" : "int";
  return "u" + std::to_string(type.getIntOrFloatBitWidth());
}
std::string Names::signedType(Type type) const {
  if (type.isIndex() || type.isInteger(1)) return this->type(type);
  return "i" + std::to_string(type.getIntOrFloatBitWidth());
}
std::string Names::unsignedType(Type type) const {
  if (type.isIndex()) return wide ? "u64" : "u32";
  return this->type(type);
}

std::string Names::literal(TypedAttr value) const {
  if (auto f = dyn_cast<FloatAttr>(value)) {
    const APFloat v = f.getValue();
    const bool isDouble = f.getType().isF64();
    if (v.isFinite()) {
      const std::string text = number(v.convertToDouble(), isDouble);
      return v.isNegative() ? "(" + text + ")" : text;
    }
    return (isDouble ? "weft_double(" : "weft_float(") + hex(v.bitcastToAPInt()) + ")";
  }
  if (isa<DenseElementsAttr>(value)) return type(value.getType()) + "{}";  // zeros
  auto integer = cast<IntegerAttr>(value);
  const Type type = integer.getType();
  if (type.isInteger(1)) return integer.getValue().isZero() ? "false" : "true";
  if (type.isIndex()) {
    const int64_t v = integer.getInt();
    return v < 0 ? "(" + std::to_string(v) + ")" : std::to_string(v);
  }
  const APInt& bits = integer.getValue();
  const unsigned width = type.getIntOrFloatBitWidth();
  if (bits.ugt(0xffff)) return hex(bits.zext(width == 64 ? 64 : 32));
  return std::to_string(bits.getZExtValue()) + (width == 64 ? "ull" : "u");
}
}  // namespace mlir::weft::cuda
