/// The weft dialect: pure SSA on statically shaped ranked tensors. Ops are in ops.h.
#pragma once
#include "mlir/IR/Dialect.h"

#include "ir/tensor/dialect.h.inc"

namespace mlir::weft {
/// On an op recorded without grad (a unit attribute): autodiff takes its results as constants.
constexpr StringLiteral noGradAttr = "weft.no_grad";
}  // namespace mlir::weft
