#pragma once
#include "frontend/nn/options/normalize.h"

namespace torch {
namespace nn {
namespace functional {
/// The input over its p-norm along a dim, which counts as eps at least.
Tensor normalize(const Tensor& input, NormalizeFuncOptions options = {},
                 Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
