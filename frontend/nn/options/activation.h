#pragma once
#include <optional>
#include <string>

#include "frontend/tensor/arg.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

// The options of an activation whose one choice is whether it overwrites its input:
// `ReLU(ReLUOptions().inplace(true))`, `F::relu(x, true)`.
#define WEFT_INPLACE_OPTIONS(Name)                                    \
  struct Name {                                                       \
    /*implicit*/ Name(bool inplace = false) : inplace_(inplace) {}    \
    TORCH_ARG(bool, inplace);                                         \
  }
WEFT_INPLACE_OPTIONS(ReLUOptions);
WEFT_INPLACE_OPTIONS(ReLU6Options);
WEFT_INPLACE_OPTIONS(SELUOptions);
#undef WEFT_INPLACE_OPTIONS

/// `ELU(ELUOptions().alpha(42.42).inplace(true))`: alpha scales the negative side.
struct ELUOptions {
  TORCH_ARG(double, alpha) = 1.0;
  TORCH_ARG(bool, inplace) = false;
};
struct CELUOptions {
  TORCH_ARG(double, alpha) = 1.0;
  TORCH_ARG(bool, inplace) = false;
};
/// `GLU(GLUOptions(1))`: the dim that is halved.
struct GLUOptions {
  /*implicit*/ GLUOptions(int64_t dim = -1) : dim_(dim) {}
  TORCH_ARG(int64_t, dim);
};
/// `GELU(GELUOptions().approximate("tanh"))`.
struct GELUOptions {
  TORCH_ARG(std::string, approximate) = "none";
};
/// `Hardshrink(HardshrinkOptions(42.42))`.
struct HardshrinkOptions {
  /*implicit*/ HardshrinkOptions(double lambda = 0.5) : lambda_(lambda) {}
  TORCH_ARG(double, lambda);
};
struct SoftshrinkOptions {
  /*implicit*/ SoftshrinkOptions(double lambda = 0.5) : lambda_(lambda) {}
  TORCH_ARG(double, lambda);
};
/// `Hardtanh(HardtanhOptions().min_val(-42.42).max_val(0.42))`.
struct HardtanhOptions {
  TORCH_ARG(double, min_val) = -1.0;
  TORCH_ARG(double, max_val) = 1.0;
  TORCH_ARG(bool, inplace) = false;
};
/// `LeakyReLU(LeakyReLUOptions().negative_slope(0.4))`.
struct LeakyReLUOptions {
  TORCH_ARG(double, negative_slope) = 1e-2;
  TORCH_ARG(bool, inplace) = false;
};
/// `PReLU(PReLUOptions().num_parameters(42))`: one slope, or one a channel, that start as init.
struct PReLUOptions {
  TORCH_ARG(int64_t, num_parameters) = 1;
  TORCH_ARG(double, init) = 0.25;
};
/// `RReLU(RReLUOptions().lower(0.24).upper(0.42))`: where slopes are drawn from.
struct RReLUOptions {
  TORCH_ARG(double, lower) = 1.0 / 8.0;
  TORCH_ARG(double, upper) = 1.0 / 3.0;
  TORCH_ARG(bool, inplace) = false;
};
/// `Softplus(SoftplusOptions().beta(0.24).threshold(42.42))`: above the threshold it is linear.
struct SoftplusOptions {
  TORCH_ARG(double, beta) = 1.0;
  TORCH_ARG(double, threshold) = 20.0;
};
/// `Threshold(ThresholdOptions(42.42, 24.24))`: `value` takes the place of what is not above.
struct ThresholdOptions {
  ThresholdOptions(double threshold, double value) : threshold_(threshold), value_(value) {}
  TORCH_ARG(double, threshold);
  TORCH_ARG(double, value);
  TORCH_ARG(bool, inplace) = false;
};

// `Softmax(SoftmaxOptions(1))`: along that dim.
#define WEFT_DIM_OPTIONS(Name)             \
  struct Name {                            \
    Name(int64_t dim) : dim_(dim) {}       \
    TORCH_ARG(int64_t, dim);               \
  }
WEFT_DIM_OPTIONS(SoftmaxOptions);
WEFT_DIM_OPTIONS(SoftminOptions);
WEFT_DIM_OPTIONS(LogSoftmaxOptions);
#undef WEFT_DIM_OPTIONS

namespace functional {
using ReLUFuncOptions = ReLUOptions;
using ReLU6FuncOptions = ReLU6Options;
using SELUFuncOptions = SELUOptions;
using ELUFuncOptions = ELUOptions;
using CELUFuncOptions = CELUOptions;
using GLUFuncOptions = GLUOptions;
using GELUFuncOptions = GELUOptions;
using HardshrinkFuncOptions = HardshrinkOptions;
using SoftshrinkFuncOptions = SoftshrinkOptions;
using HardtanhFuncOptions = HardtanhOptions;
using LeakyReLUFuncOptions = LeakyReLUOptions;
using SoftplusFuncOptions = SoftplusOptions;
using ThresholdFuncOptions = ThresholdOptions;

// `F::softmax(x, F::SoftmaxFuncOptions(1))`, `F::softmax(x, 1)`; a dtype converts the input first.
#define WEFT_DIM_OPTIONS(Name)                                            \
  struct Name {                                                           \
    Name(int64_t dim) : dim_(dim) {}                                      \
    TORCH_ARG(int64_t, dim);                                              \
    TORCH_ARG(std::optional<torch::Dtype>, dtype) = std::nullopt;         \
  }
WEFT_DIM_OPTIONS(SoftmaxFuncOptions);
WEFT_DIM_OPTIONS(SoftminFuncOptions);
WEFT_DIM_OPTIONS(LogSoftmaxFuncOptions);
#undef WEFT_DIM_OPTIONS

/// `F::rrelu(x, F::RReLUFuncOptions().training(true))`.
struct RReLUFuncOptions {
  TORCH_ARG(double, lower) = 1.0 / 8.0;
  TORCH_ARG(double, upper) = 1.0 / 3.0;
  TORCH_ARG(bool, training) = false;
  TORCH_ARG(bool, inplace) = false;
};
/// `F::gumbel_softmax(x, F::GumbelSoftmaxFuncOptions().hard(true))`: temperature, whether results
/// are one-hot, and along which dim.
struct GumbelSoftmaxFuncOptions {
  TORCH_ARG(double, tau) = 1.0;
  TORCH_ARG(bool, hard) = false;
  TORCH_ARG(int, dim) = -1;
};
}  // namespace functional
}  // namespace nn
}  // namespace torch
