#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

struct AdagradOptions : public OptimizerCloneableOptions<AdagradOptions> {
  AdagradOptions(double lr = 1e-2) : lr_(lr) {}
  TORCH_ARG(double, lr) = 1e-2;
  /// The learning rate of step t is lr / (1 + (t - 1) * lr_decay).
  TORCH_ARG(double, lr_decay) = 0;
  TORCH_ARG(double, weight_decay) = 0;
  TORCH_ARG(double, initial_accumulator_value) = 0;
  TORCH_ARG(double, eps) = 1e-10;
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct AdagradParamState : public OptimizerCloneableParamState<AdagradParamState> {
  TORCH_ARG(torch::Tensor, sum);
  TORCH_ARG(int64_t, step) = 0;
  WEFT_HAS_FIELDS;
};

/// Duchi, Hazan and Singer 2011: p -= lr * g / (sqrt(sum of g^2) + eps). Its state is there from
/// the start.
WEFT_OPTIMIZER(Adagrad, = {});
}  // namespace optim
}  // namespace torch
