#pragma once
#include "frontend/nn/options/dropout.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
/// While training, zeroes each element with probability p and scales the rest by 1 / (1 - p).
Tensor dropout(Tensor input, const DropoutFuncOptions& options = {},
               Location where = Location::current());
/// The same to whole channels of (N, C, H, W) or (C, H, W).
Tensor dropout2d(Tensor input, const Dropout2dFuncOptions& options = {},
                 Location where = Location::current());
/// The same to whole channels of (N, C, D, H, W) or (C, D, H, W).
Tensor dropout3d(Tensor input, const Dropout3dFuncOptions& options = {},
                 Location where = Location::current());
/// Dropout for selu: mean and variance stay.
Tensor alpha_dropout(Tensor input, const AlphaDropoutFuncOptions& options = {},
                     Location where = Location::current());
Tensor feature_alpha_dropout(Tensor input, const FeatureAlphaDropoutFuncOptions& options = {},
                             Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
