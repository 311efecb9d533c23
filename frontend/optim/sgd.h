#pragma once
#include "frontend/nn/arg.h"
#include "frontend/optim/optimizer.h"

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

 public:
  static void merge(SGDOptions& into, const SGDOptions& given);
  friend bool operator==(const SGDOptions& a, const SGDOptions& b);
};

struct SGDParamState : public OptimizerCloneableParamState<SGDParamState> {
  TORCH_ARG(torch::Tensor, momentum_buffer);
};

/// Stochastic gradient descent: p -= lr * b with b = momentum * b + (1 - dampening) * g (the first
/// b is g); nesterov takes g + momentum * b in its place.
class SGD : public Optimizer {
 public:
  explicit SGD(const std::vector<OptimizerParamGroup>& param_groups, SGDOptions defaults);
  explicit SGD(std::vector<Tensor> params, SGDOptions defaults);
  Tensor step(LossClosure closure = nullptr) override;
};
}  // namespace optim
}  // namespace torch
