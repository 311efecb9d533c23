/// torch:: activations: made of other ops, so they differentiate and fuse as written. Gradients at
/// kinks and at the ends of the range are libtorch's. Trailing underscore: the input becomes the
/// result.
#pragma once
#include <string>

#include "frontend/tensor/tensor.h"

namespace torch {

/// scale * self where positive, else scale * alpha * (exp(input_scale * self) - 1).
Tensor elu(In self, const Scalar& alpha = 1, const Scalar& scale = 1,
           const Scalar& input_scale = 1);
Tensor& elu_(In self, const Scalar& alpha = 1, const Scalar& scale = 1,
             const Scalar& input_scale = 1);
/// self where positive, else alpha * (exp(self / alpha) - 1).
Tensor celu(In self, const Scalar& alpha = 1.0);
Tensor& celu_(In self, const Scalar& alpha = 1.0);
/// elu with the scales of Klambauer et al. 2017, which keep mean and variance.
Tensor selu(In self);
Tensor& selu_(In self);
/// x * P(N <= x) for a standard normal N; approximate = "tanh": its approximation by tanh.
Tensor gelu(In self, const std::string& approximate = "none");
Tensor& gelu_(In self, const std::string& approximate = "none");
/// self * sigmoid(self).
Tensor silu(In self);
Tensor& silu_(In self);
/// self * tanh(softplus(self)).
Tensor mish(In self);
Tensor& mish_(In self);
/// The first half along dim times the sigmoid of the second.
Tensor glu(In self, int64_t dim = -1);
/// log(1 + exp(beta * self)) / beta; self where beta * self is above the threshold.
Tensor softplus(In self, const Scalar& beta = 1, const Scalar& threshold = 20);
/// log(sigmoid(self)), exact for large arguments of either sign.
Tensor log_sigmoid(In self);

/// self where positive, else negative_slope * self.
Tensor leaky_relu(In self, const Scalar& negative_slope = 0.01);
Tensor& leaky_relu_(In self, const Scalar& negative_slope = 0.01);
/// leaky_relu with learned slopes: one, or one a channel (dim 1).
Tensor prelu(In self, const Tensor& weight);
/// leaky_relu with a slope drawn from [lower, upper) for each element; if not training, their mean.
Tensor rrelu(In self, const Scalar& lower = 0.125, const Scalar& upper = 1.0 / 3,
             bool training = false);
Tensor& rrelu_(In self, const Scalar& lower = 0.125, const Scalar& upper = 1.0 / 3,
               bool training = false);
/// self between the bounds.
Tensor hardtanh(In self, const Scalar& min_val = -1, const Scalar& max_val = 1);
Tensor& hardtanh_(In self, const Scalar& min_val = -1, const Scalar& max_val = 1);
/// self between 0 and 6.
Tensor relu6(In self);
Tensor& relu6_(In self);
/// relu6(self + 3) / 6.
Tensor hardsigmoid(In self);
Tensor& hardsigmoid_(In self);
/// self * hardsigmoid(self).
Tensor hardswish(In self);
Tensor& hardswish_(In self);
/// self where |self| > lambd, else 0.
Tensor hardshrink(In self, const Scalar& lambd = 0.5);
/// self nearer to zero by lambd, 0 where it would cross.
Tensor softshrink(In self, const Scalar& lambd = 0.5);
/// self where above the threshold, else value.
Tensor threshold(In self, const Scalar& threshold, const Scalar& value);
Tensor& threshold_(In self, const Scalar& threshold, const Scalar& value);
}  // namespace torch
