#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

// PyTorch has it in Python only; names and defaults are its.
struct AdamaxOptions : public OptimizerCloneableOptions<AdamaxOptions> {
  AdamaxOptions(double lr = 2e-3) : lr_(lr) {}
  typedef std::tuple<double, double> betas_t;
  TORCH_ARG(double, lr) = 2e-3;
  TORCH_ARG(betas_t, betas) = std::make_tuple(0.9, 0.999);
  TORCH_ARG(double, eps) = 1e-8;
  TORCH_ARG(double, weight_decay) = 0;
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct AdamaxParamState : public OptimizerCloneableParamState<AdamaxParamState> {
  TORCH_ARG(int64_t, step) = 0;
  TORCH_ARG(torch::Tensor, exp_avg);
  TORCH_ARG(torch::Tensor, exp_inf);
  WEFT_HAS_FIELDS;
};

/// Adam with the largest gradient, fading, in the place of the average of squares (Kingma and Ba
/// 2015).
WEFT_OPTIMIZER(Adamax, = {});
}  // namespace optim
}  // namespace torch
