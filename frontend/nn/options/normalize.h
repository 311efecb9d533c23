#pragma once
#include <optional>

#include "frontend/nn/arg.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
/// `LocalResponseNorm(LocalResponseNormOptions(2).alpha(0.0002))`: over `size` channels.
struct LocalResponseNormOptions {
  /*implicit*/ LocalResponseNormOptions(int64_t size) : size_(size) {}
  TORCH_ARG(int64_t, size);
  TORCH_ARG(double, alpha) = 1e-4;
  TORCH_ARG(double, beta) = 0.75;
  TORCH_ARG(double, k) = 1.;
};
namespace functional {
using LocalResponseNormFuncOptions = LocalResponseNormOptions;
/// `F::normalize(x, F::NormalizeFuncOptions().p(1).dim(-1))`.
struct NormalizeFuncOptions {
  TORCH_ARG(double, p) = 2.0;
  TORCH_ARG(int64_t, dim) = 1;
  TORCH_ARG(double, eps) = 1e-12;
  /// A tensor that the result is written to.
  TORCH_ARG(std::optional<Tensor>, out) = std::nullopt;
};
}  // namespace functional
}  // namespace nn
}  // namespace torch
