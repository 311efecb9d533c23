#pragma once
#include "frontend/nn/options/dropout.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
/// While training, zeroes each element with probability p and scales the rest by 1 / (1 - p).
Tensor dropout(Tensor input, const DropoutFuncOptions& options = {},
               Location where = Location::current());
/// The same for whole channels of images (N, C, H, W), or (C, H, W).
Tensor dropout2d(Tensor input, const Dropout2dFuncOptions& options = {},
                 Location where = Location::current());
/// The same for whole channels of volumes (N, C, D, H, W), or (C, D, H, W).
Tensor dropout3d(Tensor input, const Dropout3dFuncOptions& options = {},
                 Location where = Location::current());
/// Dropout that keeps mean and variance of what a SELU made (Klambauer et al. 2017).
Tensor alpha_dropout(Tensor input, const AlphaDropoutFuncOptions& options = {},
                     Location where = Location::current());
/// The same for whole channels.
Tensor feature_alpha_dropout(Tensor input, const FeatureAlphaDropoutFuncOptions& options = {},
                             Location where = Location::current());
namespace detail {
Tensor alpha_dropout(Tensor input, double p, bool training, bool inplace,
                     Location where = Location::current());
Tensor feature_alpha_dropout(Tensor input, double p, bool training, bool inplace,
                             Location where = Location::current());
}  // namespace detail
}  // namespace functional
}  // namespace nn
}  // namespace torch
