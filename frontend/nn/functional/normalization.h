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
/// Normalises each channel of each image of the batch.
Tensor instance_norm(const Tensor& input, const InstanceNormFuncOptions& options = {},
                     Location where = Location::current());
/// Normalises each of options.num_groups() groups of channels of each image of the batch.
Tensor group_norm(const Tensor& input, const GroupNormFuncOptions& options,
                  Location where = Location::current());
/// Each element over (k + alpha * mean of the squares of `size` neighbouring channels)^beta.
Tensor local_response_norm(const Tensor& input, const LocalResponseNormFuncOptions& options,
                           Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
