/// torch:: functions that zero at random. If `train`: with probability p; else they pass their
/// input on. Trailing underscore: in place.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
/// Zeroes each element and scales the rest by 1 / (1 - p).
Tensor dropout(In input, double p, bool train);
Tensor& dropout_(In self, double p, bool train);
/// Zeroes whole channels (dim 1) of each sample and scales the rest.
Tensor feature_dropout(In input, double p, bool train);
Tensor& feature_dropout_(In self, double p, bool train);
/// Klambauer et al. 2017: sets elements to the lowest value of selu, then keeps mean and variance.
Tensor alpha_dropout(In input, double p, bool train);
Tensor& alpha_dropout_(In self, double p, bool train);
/// The same to whole channels.
Tensor feature_alpha_dropout(In input, double p, bool train);
Tensor& feature_alpha_dropout_(In self, double p, bool train);
}  // namespace torch
