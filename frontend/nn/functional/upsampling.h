#pragma once
#include "frontend/nn/options/upsampling.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
/// input (N, C, spatial...) at another resolution.
Tensor interpolate(const Tensor& input, const InterpolateFuncOptions& options = {},
                   Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
