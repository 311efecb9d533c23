#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

// PyTorch has it in Python only; names and defaults are its.
struct ASGDOptions : public OptimizerCloneableOptions<ASGDOptions> {
  ASGDOptions(double lr = 1e-2) : lr_(lr) {}
  TORCH_ARG(double, lr) = 1e-2;
  TORCH_ARG(double, lambd) = 1e-4;
  /// The learning rate of step t + 1 is lr / (1 + lambd * lr * t)^alpha.
  TORCH_ARG(double, alpha) = 0.75;
  /// Averaging begins after this step.
  TORCH_ARG(double, t0) = 1e6;
  TORCH_ARG(double, weight_decay) = 0;
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct ASGDParamState : public OptimizerCloneableParamState<ASGDParamState> {
  TORCH_ARG(int64_t, step) = 0;
  // PyTorch keeps both as floats.
  TORCH_ARG(double, eta) = 0;
  TORCH_ARG(double, mu) = 1;
  /// The average of the parameter.
  TORCH_ARG(torch::Tensor, ax);
  WEFT_HAS_FIELDS;
};

/// Averaged stochastic gradient descent (Polyak and Juditsky 1992).
WEFT_OPTIMIZER(ASGD, = {});
}  // namespace optim
}  // namespace torch
