#pragma once
#include "frontend/nn/options/padding.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
/// `input` with its last dims made longer: by constants, mirrored elements, copies of the border or
/// elements of the other end. Negative numbers cut.
Tensor pad(const Tensor& input, const PadFuncOptions& options,
           Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
