#include "ir/print/text.h"

#include "llvm/Support/raw_ostream.h"

namespace mlir::weft {
namespace {
std::string list(ArrayRef<int64_t> values) {
  std::string s;
  llvm::raw_string_ostream out(s);
  out << '[';
  llvm::interleaveComma(values, out);
  out << ']';
  return s;
}
}  // namespace

std::string plainText(Attribute attribute) {
  std::string s;
  llvm::raw_string_ostream(s) << attribute;
  return s;
}

std::string shortText(Attribute attribute) {
  if (auto values = dyn_cast<DenseI64ArrayAttr>(attribute)) return list(values.asArrayRef());
  std::string s;
  llvm::raw_string_ostream out(s);
  attribute.print(out, /*elideType=*/true);
  return s;
}

std::string shortText(Type type) {
  std::optional<::torch::op::Type> tensor = toTypeIfAny(type);
  if (!tensor) return text(type);
  return ::torch::op::find_dtype(tensor->dtype)->ir_name +
         list(cast<RankedTensorType>(type).getShape());
}
}  // namespace mlir::weft
