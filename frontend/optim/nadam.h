#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

// PyTorch has it in Python only; names and defaults are its.
struct NAdamOptions : public OptimizerCloneableOptions<NAdamOptions> {
  NAdamOptions(double lr = 2e-3) : lr_(lr) {}
  typedef std::tuple<double, double> betas_t;
  TORCH_ARG(double, lr) = 2e-3;
  TORCH_ARG(betas_t, betas) = std::make_tuple(0.9, 0.999);
  TORCH_ARG(double, eps) = 1e-8;
  TORCH_ARG(double, weight_decay) = 0;
  TORCH_ARG(double, momentum_decay) = 4e-3;
  /// Weight decay shrinks the parameter directly, as AdamW's does.
  TORCH_ARG(bool, decoupled_weight_decay) = false;
  TORCH_ARG(bool, maximize) = false;
  WEFT_HAS_FIELDS;
};

struct NAdamParamState : public OptimizerCloneableParamState<NAdamParamState> {
  TORCH_ARG(int64_t, step) = 0;
  /// The product of all momenta so far; PyTorch keeps it as a float.
  TORCH_ARG(double, mu_product) = 1;
  TORCH_ARG(torch::Tensor, exp_avg);
  TORCH_ARG(torch::Tensor, exp_avg_sq);
  WEFT_HAS_FIELDS;
};

/// Adam with Nesterov's momentum (Dozat 2016).
WEFT_OPTIMIZER(NAdam, = {});
}  // namespace optim
}  // namespace torch
