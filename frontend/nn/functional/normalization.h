#pragma once
#include "frontend/nn/options/normalization.h"

namespace torch {
namespace nn {
namespace functional {
/// Normalises each channel (dim 1); while training by the batch's statistics, which update the
/// running ones.
Tensor batch_norm(const Tensor& input, const Tensor& running_mean, const Tensor& running_var,
                  const BatchNormFuncOptions& options = {}, Location where = Location::current());
/// Normalises over the trailing dims of sizes options.normalized_shape().
Tensor layer_norm(const Tensor& input, const LayerNormFuncOptions& options,
                  Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
