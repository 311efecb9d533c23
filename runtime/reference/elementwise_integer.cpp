#include "runtime/reference/elementwise_rows.h"

namespace torch {
namespace reference {
namespace WEFT_VARIANT {

Row integer_row(op::Op op, op::DType dtype) {
  switch (dtype) {
    case op::DType::Int: return find_row<int32_t>(op);
    case op::DType::Long: return find_row<int64_t>(op);
    case op::DType::Byte: return find_row<uint8_t>(op);
    case op::DType::Char: return find_row<int8_t>(op);
    case op::DType::Short: return find_row<int16_t>(op);
    case op::DType::Bool: return find_row<bool>(op);
    default: return nullptr;
  }
}
}  // namespace WEFT_VARIANT
}  // namespace reference
}  // namespace torch
