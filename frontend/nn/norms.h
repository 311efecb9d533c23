/// torch:: functions that normalise parts of each image of a batch.
#pragma once
#include <optional>

#include "frontend/tensor/tensor.h"

namespace torch {

/// Normalises each channel of each image; by the running statistics unless `use_input_stats`, which
/// else are updated with the mean of the images'.
Tensor instance_norm(In input, const std::optional<Tensor>& weight,
                     const std::optional<Tensor>& bias, const std::optional<Tensor>& running_mean,
                     const std::optional<Tensor>& running_var, bool use_input_stats,
                     double momentum, double eps, bool cudnn_enabled = true);
/// Normalises `num_groups` groups of channels of each image, then scales and shifts each channel.
Tensor group_norm(In input, int64_t num_groups, const std::optional<Tensor>& weight = {},
                  const std::optional<Tensor>& bias = {}, double eps = 1e-5,
                  bool cudnn_enabled = true);
}  // namespace torch
