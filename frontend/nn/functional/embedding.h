#pragma once
#include "frontend/nn/options/embedding.h"

namespace torch {
namespace nn {
namespace functional {
/// The rows of `weight` (rows, D) at `input`, integers of any shape: (..., D).
Tensor embedding(const Tensor& input, const Tensor& weight,
                 const EmbeddingFuncOptions& options = {}, Location where = Location::current());
/// The sum, mean or maximum of the rows of each bag: a row of `input` (B, N), or the indices
/// between two of options.offsets(). (B, D).
Tensor embedding_bag(const Tensor& input, const Tensor& weight,
                     const EmbeddingBagFuncOptions& options = {},
                     Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
