#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

struct RMSpropOptions : public OptimizerCloneableOptions<RMSpropOptions> {
  RMSpropOptions(double lr = 1e-2) : lr_(lr) {}
  TORCH_ARG(double, lr) = 1e-2;
  /// How much of the average of squares is kept in a step.
  TORCH_ARG(double, alpha) = 0.99;
  TORCH_ARG(double, eps) = 1e-8;
  TORCH_ARG(double, weight_decay) = 0;
  TORCH_ARG(double, momentum) = 0;
  /// Divides by an estimate of the gradient's deviation instead of its magnitude.
  TORCH_ARG(bool, centered) = false;
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct RMSpropParamState : public OptimizerCloneableParamState<RMSpropParamState> {
  TORCH_ARG(int64_t, step) = 0;
  TORCH_ARG(torch::Tensor, square_avg);
  TORCH_ARG(torch::Tensor, momentum_buffer);
  TORCH_ARG(torch::Tensor, grad_avg);
  WEFT_HAS_FIELDS;
};

/// Hinton's RMSprop, centered as in Graves 2013: p -= lr * g / (sqrt(average of g^2) + eps).
WEFT_OPTIMIZER(RMSprop, = {});
}  // namespace optim
}  // namespace torch
