#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

// PyTorch has it in Python only; names and defaults are its.
struct RpropOptions : public OptimizerCloneableOptions<RpropOptions> {
  RpropOptions(double lr = 1e-2) : lr_(lr) {}
  typedef std::tuple<double, double> etas_t;
  /// The size of the first step.
  TORCH_ARG(double, lr) = 1e-2;
  /// What a step's size is multiplied by where the gradient's sign changed, and where it did not.
  TORCH_ARG(etas_t, etas) = std::make_tuple(0.5, 1.2);
  /// The smallest and the largest step.
  TORCH_ARG(etas_t, step_sizes) = std::make_tuple(1e-6, 50.0);
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct RpropParamState : public OptimizerCloneableParamState<RpropParamState> {
  TORCH_ARG(int64_t, step) = 0;
  TORCH_ARG(torch::Tensor, prev);
  TORCH_ARG(torch::Tensor, step_size);
  WEFT_HAS_FIELDS;
};

/// Resilient backpropagation (Riedmiller and Braun 1993): only the gradient's sign counts.
WEFT_OPTIMIZER(Rprop, = {});
}  // namespace optim
}  // namespace torch
