#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

struct SGDOptions : public OptimizerCloneableOptions<SGDOptions> {
  SGDOptions(double lr) : lr_(lr) {}
  TORCH_ARG(double, lr);
  /// How much of the last update goes into this one.
  TORCH_ARG(double, momentum) = 0;
  /// How much of the gradient is kept out of the momentum buffer.
  TORCH_ARG(double, dampening) = 0;
  /// This times the parameter is added to its gradient.
  TORCH_ARG(double, weight_decay) = 0;
  TORCH_ARG(bool, nesterov) = false;
  /// Goes up the gradient.
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct SGDParamState : public OptimizerCloneableParamState<SGDParamState> {
  TORCH_ARG(torch::Tensor, momentum_buffer);
  WEFT_HAS_FIELDS;
};

/// Stochastic gradient descent: p -= lr * b with b = momentum * b + (1 - dampening) * g (the first
/// b is g); nesterov takes g + momentum * b in its place.
WEFT_OPTIMIZER(SGD);
}  // namespace optim
}  // namespace torch
