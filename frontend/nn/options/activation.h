#pragma once
#include <optional>
#include <string>

#include "frontend/nn/arg.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

/// `ReLU(ReLUOptions().inplace(true))`.
struct ReLUOptions {
  /*implicit*/ ReLUOptions(bool inplace = false) : inplace_(inplace) {}
  TORCH_ARG(bool, inplace);
};
/// `LeakyReLU(LeakyReLUOptions().negative_slope(0.4))`.
struct LeakyReLUOptions {
  TORCH_ARG(double, negative_slope) = 1e-2;
  TORCH_ARG(bool, inplace) = false;
};
/// `GELU(GELUOptions().approximate("tanh"))`.
struct GELUOptions {
  TORCH_ARG(std::string, approximate) = "none";
};
/// `Softmax(SoftmaxOptions(1))`: along that dim.
struct SoftmaxOptions {
  SoftmaxOptions(int64_t dim) : dim_(dim) {}
  TORCH_ARG(int64_t, dim);
};
/// `LogSoftmax(LogSoftmaxOptions(1))`: along that dim.
struct LogSoftmaxOptions {
  LogSoftmaxOptions(int64_t dim) : dim_(dim) {}
  TORCH_ARG(int64_t, dim);
};

namespace functional {
using ReLUFuncOptions = ReLUOptions;
using LeakyReLUFuncOptions = LeakyReLUOptions;
using GELUFuncOptions = GELUOptions;
/// `F::softmax(x, F::SoftmaxFuncOptions(1))`, `F::softmax(x, 1)`.
struct SoftmaxFuncOptions {
  SoftmaxFuncOptions(int64_t dim) : dim_(dim) {}
  TORCH_ARG(int64_t, dim);
  TORCH_ARG(std::optional<torch::Dtype>, dtype) = std::nullopt;
};
struct LogSoftmaxFuncOptions {
  LogSoftmaxFuncOptions(int64_t dim) : dim_(dim) {}
  TORCH_ARG(int64_t, dim);
  TORCH_ARG(std::optional<torch::Dtype>, dtype) = std::nullopt;
};
}  // namespace functional
}  // namespace nn
}  // namespace torch
