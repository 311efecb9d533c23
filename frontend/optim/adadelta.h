#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

// PyTorch has it in Python only; names and defaults are its.
struct AdadeltaOptions : public OptimizerCloneableOptions<AdadeltaOptions> {
  AdadeltaOptions(double lr = 1.0) : lr_(lr) {}
  TORCH_ARG(double, lr) = 1.0;
  /// How much of the averages of squares is kept in a step.
  TORCH_ARG(double, rho) = 0.9;
  TORCH_ARG(double, eps) = 1e-6;
  TORCH_ARG(double, weight_decay) = 0;
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct AdadeltaParamState : public OptimizerCloneableParamState<AdadeltaParamState> {
  TORCH_ARG(int64_t, step) = 0;
  TORCH_ARG(torch::Tensor, square_avg);
  TORCH_ARG(torch::Tensor, acc_delta);
  WEFT_HAS_FIELDS;
};

/// Zeiler 2012: steps in the proportion of the averages of squared steps and squared gradients.
WEFT_OPTIMIZER(Adadelta, = {});
}  // namespace optim
}  // namespace torch
