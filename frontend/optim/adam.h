/// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019).
#pragma once
#include "frontend/optim/define.h"

namespace torch {
namespace optim {

// The two differ in the default weight decay and in where it goes.
#define WEFT_ADAM(Name, default_weight_decay)                                       \
  struct Name##Options : public OptimizerCloneableOptions<Name##Options> {          \
    Name##Options(double lr = 1e-3) : lr_(lr) {}                                    \
    typedef std::tuple<double, double> betas_t;                                     \
    TORCH_ARG(double, lr) = 1e-3;                                                   \
    TORCH_ARG(betas_t, betas) = std::make_tuple(0.9, 0.999);                        \
    TORCH_ARG(double, eps) = 1e-8;                                                  \
    TORCH_ARG(double, weight_decay) = default_weight_decay;                         \
    TORCH_ARG(bool, amsgrad) = false;                                               \
    TORCH_ARG(bool, maximize) = false;                                              \
    WEFT_HAS_FIELDS;                                                                \
  };                                                                                \
  struct Name##ParamState : public OptimizerCloneableParamState<Name##ParamState> { \
    TORCH_ARG(int64_t, step) = 0;                                                   \
    TORCH_ARG(torch::Tensor, exp_avg);                                              \
    TORCH_ARG(torch::Tensor, exp_avg_sq);                                           \
    TORCH_ARG(torch::Tensor, max_exp_avg_sq);                                       \
    WEFT_HAS_FIELDS;                                                                \
  };                                                                                \
  WEFT_OPTIMIZER(Name, = {})
/// Weight decay is added to the gradient.
WEFT_ADAM(Adam, 0);
/// Weight decay shrinks the parameter directly.
WEFT_ADAM(AdamW, 1e-2);
#undef WEFT_ADAM
}  // namespace optim
}  // namespace torch
