/// torch:: functions of neural networks that are made of other ops: nothing here is an op of its
/// own, so all of it differentiates and fuses as written. Names and arguments are those of
/// libtorch's at:: functions.
#pragma once
#include <optional>
#include <string>

#include "frontend/nn/reduction.h"
#include "frontend/tensor/tensor.h"

namespace torch {

/// input (..., in) times the transposed weight (out, in), plus bias (out).
Tensor linear(In input, const Tensor& weight, const std::optional<Tensor>& bias = {});
/// x * P(N <= x) for a standard normal N; approximate = "tanh": its approximation by tanh.
Tensor gelu(In self, const std::string& approximate = "none");
/// self where positive, else negative_slope * self.
Tensor leaky_relu(In self, const Scalar& negative_slope = 0.01);
/// log(sigmoid(self)), exact for large arguments of either sign.
Tensor log_sigmoid(In self);
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

/// Negative log likelihood: minus the elements of `self` (N, C, ...) at the classes `target` (N,
/// ...), i64.
Tensor nll_loss(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                int64_t reduction = at::Reduction::Mean, int64_t ignore_index = -100);
Tensor nll_loss_nd(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                   int64_t reduction = at::Reduction::Mean, int64_t ignore_index = -100);
/// nll_loss of log_softmax; or, for a target of self's shape, the cross entropy with these
/// probabilities.
Tensor cross_entropy_loss(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                          int64_t reduction = at::Reduction::Mean, int64_t ignore_index = -100,
                          double label_smoothing = 0.0);
/// (self - target)^2.
Tensor mse_loss(In self, const Tensor& target, int64_t reduction = at::Reduction::Mean);
/// |self - target|.
Tensor l1_loss(In self, const Tensor& target, int64_t reduction = at::Reduction::Mean);
/// -(target log(self) + (1 - target) log(1 - self)), the logarithms not below -100.
Tensor binary_cross_entropy(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                            int64_t reduction = at::Reduction::Mean);
/// binary_cross_entropy of sigmoid(self), exact for large arguments.
Tensor binary_cross_entropy_with_logits(In self, const Tensor& target,
                                        const std::optional<Tensor>& weight = {},
                                        const std::optional<Tensor>& pos_weight = {},
                                        int64_t reduction = at::Reduction::Mean);
}  // namespace torch
