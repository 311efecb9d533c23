// Gradients of what only looks at values.
#include "ir/tensor/ops.h"

namespace mlir::weft {
SmallVector<Value> RequireOp::vjp(OpBuilder &, ValueRange dys, ArrayRef<bool>) {
  return {dys[0], Value()};
}
}  // namespace mlir::weft
