#include "runtime/reference/elementwise_rows.h"

namespace torch {
namespace reference {
namespace WEFT_VARIANT {
Row float_row(op::Op op) { return find_row<float>(op); }
}  // namespace WEFT_VARIANT
}  // namespace reference
}  // namespace torch
