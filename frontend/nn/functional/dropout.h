#pragma once
#include "frontend/nn/options/dropout.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
/// While training, zeroes each element with probability p and scales the rest by 1 / (1 - p).
Tensor dropout(Tensor input, const DropoutFuncOptions& options = {},
               Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
