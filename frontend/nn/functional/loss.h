#pragma once
#include "frontend/nn/options/loss.h"

namespace torch {
namespace nn {
namespace functional {
/// Mean (or sum, or none) of |input - target|.
Tensor l1_loss(const Tensor& input, const Tensor& target, const L1LossFuncOptions& options = {},
               Location where = Location::current());
/// Mean of (input - target)^2.
Tensor mse_loss(const Tensor& input, const Tensor& target, const MSELossFuncOptions& options = {},
                Location where = Location::current());
/// Mean of -(t log(x) + (1 - t) log(1 - x)) for probabilities x.
Tensor binary_cross_entropy(const Tensor& input, const Tensor& target,
                            const BinaryCrossEntropyFuncOptions& options = {},
                            Location where = Location::current());
/// binary_cross_entropy of sigmoid(input).
Tensor binary_cross_entropy_with_logits(const Tensor& input, const Tensor& target,
                                        const BinaryCrossEntropyWithLogitsFuncOptions& options = {},
                                        Location where = Location::current());
/// Mean of -input at the target classes, for log probabilities (N, C, ...) and classes (N, ...).
Tensor nll_loss(const Tensor& input, const Tensor& target, const NLLLossFuncOptions& options = {},
                Location where = Location::current());
/// nll_loss of log_softmax(input); targets may be class probabilities too.
Tensor cross_entropy(const Tensor& input, const Tensor& target,
                     const CrossEntropyFuncOptions& options = {},
                     Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
