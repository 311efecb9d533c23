#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

// PyTorch has it in Python only; names and defaults are its.
struct RAdamOptions : public OptimizerCloneableOptions<RAdamOptions> {
  RAdamOptions(double lr = 1e-3) : lr_(lr) {}
  typedef std::tuple<double, double> betas_t;
  TORCH_ARG(double, lr) = 1e-3;
  TORCH_ARG(betas_t, betas) = std::make_tuple(0.9, 0.999);
  TORCH_ARG(double, eps) = 1e-8;
  TORCH_ARG(double, weight_decay) = 0;
  /// Weight decay shrinks the parameter directly, as AdamW's does.
  TORCH_ARG(bool, decoupled_weight_decay) = false;
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct RAdamParamState : public OptimizerCloneableParamState<RAdamParamState> {
  TORCH_ARG(int64_t, step) = 0;
  TORCH_ARG(torch::Tensor, exp_avg);
  TORCH_ARG(torch::Tensor, exp_avg_sq);
  WEFT_HAS_FIELDS;
};

/// Adam that divides by the magnitude of gradients only when enough of them were seen (Liu and
/// others 2020).
WEFT_OPTIMIZER(RAdam, = {});
}  // namespace optim
}  // namespace torch
