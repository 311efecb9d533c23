/// What is known of a value while compiling.
#pragma once
#include <optional>

#include "ir/op/op.h"
#include "mlir/IR/Value.h"

namespace mlir::weft {

/// The one value of all elements of a weft.constant, also behind views of it; none for other
/// values.
std::optional<::torch::op::Literal> splatConstant(Value value);
/// The same of an integer or bool.
std::optional<int64_t> integerConstant(Value value);
/// Whether all elements are known to be zero (floats: +0.0).
bool isZero(Value value);

}  // namespace mlir::weft
