#pragma once
#include "frontend/nn/options/conv.h"

namespace torch {
namespace nn {
namespace functional {
/// Cross-correlation of input (N, C, spatial...) or (C, spatial...) with weight (O, C / groups,
/// window...).
Tensor conv1d(const Tensor& input, const Tensor& weight, const Conv1dFuncOptions& options = {},
              Location where = Location::current());
Tensor conv2d(const Tensor& input, const Tensor& weight, const Conv2dFuncOptions& options = {},
              Location where = Location::current());
Tensor conv3d(const Tensor& input, const Tensor& weight, const Conv3dFuncOptions& options = {},
              Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
