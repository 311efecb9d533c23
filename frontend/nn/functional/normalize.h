#pragma once
#include "frontend/nn/options/normalize.h"

namespace torch {
namespace nn {
namespace functional {
/// The input over its p-norm along a dim, which counts as eps at least.
Tensor normalize(const Tensor& input, NormalizeFuncOptions options = {},
                 Location where = Location::current());
/// The input over (k + alpha m)^beta, m being the mean of the squares of the channels around each.
Tensor local_response_norm(const Tensor& input, const LocalResponseNormFuncOptions& options,
                           Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
