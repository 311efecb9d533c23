/// The other namespaces that programs for libtorch use.
#pragma once
#include "frontend/tensor/factories.h"

namespace at {
using namespace torch;
/// As torch::tensor, but a single number or list keeps the C++ type: `at::tensor(1)` is int.
Tensor tensor(torch::detail::TensorDataContainer values, const TensorOptions& options = {},
              Location where = Location::current());
}  // namespace at
