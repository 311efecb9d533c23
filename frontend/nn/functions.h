/// torch:: functions of neural networks that are made of other ops: nothing here is an op of its
/// own, so all of it differentiates and fuses as written. Names and arguments are those of
/// libtorch's at:: functions.
#pragma once
#include <optional>

#include "frontend/nn/activations.h"
#include "frontend/nn/bilinear.h"
#include "frontend/nn/distances.h"
#include "frontend/nn/losses.h"
#include "frontend/nn/shuffles.h"
#include "frontend/tensor/tensor.h"

namespace torch {

/// input (..., in) times the transposed weight (out, in), plus bias (out).
Tensor linear(In input, const Tensor& weight, const std::optional<Tensor>& bias = {});
Tensor& linear_out(Tensor& out, In input, const Tensor& weight,
                   const std::optional<Tensor>& bias = {});

/// If `train`, zeroes each element with probability p and scales the rest by 1 / (1 - p).
Tensor dropout(In input, double p, bool train);
Tensor& dropout_(Tensor& self, double p, bool train);

/// Normalises over the trailing dims, whose sizes are `normalized_shape`, then scales and shifts.
Tensor layer_norm(In input, IntArrayRef normalized_shape, const std::optional<Tensor>& weight = {},
                  const std::optional<Tensor>& bias = {}, double eps = 1e-5,
                  bool cudnn_enable = true);
/// Normalises each channel (dim 1), by the batch's statistics if `training` (updating the running
/// ones with weight `momentum`), else by the running ones.
Tensor batch_norm(In input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias,
                  const std::optional<Tensor>& running_mean,
                  const std::optional<Tensor>& running_var, bool training, double momentum,
                  double eps, bool cudnn_enabled = true);
}  // namespace torch
