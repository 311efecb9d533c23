#pragma once
#include "frontend/nn/options/embedding.h"

namespace torch {
namespace nn {
namespace functional {
/// Rows of `weight` at `input`, which max_norm scales down first (in place).
Tensor embedding(const Tensor& input, const Tensor& weight, const EmbeddingFuncOptions& options = {},
                 Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
