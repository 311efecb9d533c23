#pragma once
#include <optional>

#include "frontend/tensor/arg.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
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
