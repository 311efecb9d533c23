/// Rewrites reductions so that each one left runs over one group of dims, or over two that one
/// kernel reduces, one within the other: exactly what ir/op/order.h says a reduction means, so no
/// bit changes. `rows`: with fewer results two groups are two kernels.
#pragma once
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft {
void splitReductions(func::FuncOp func, int64_t rows);
}
