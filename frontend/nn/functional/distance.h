#pragma once
#include "frontend/nn/options/distance.h"

namespace torch {
namespace nn {
namespace functional {
/// The cosine of the angle of x1 and x2 along a dim.
Tensor cosine_similarity(const Tensor& x1, const Tensor& x2,
                         const CosineSimilarityFuncOptions& options = {},
                         Location where = Location::current());
/// The p-norm of x1 - x2 along the last dim.
Tensor pairwise_distance(const Tensor& x1, const Tensor& x2,
                         const PairwiseDistanceFuncOptions& options = {},
                         Location where = Location::current());
/// The p-norm distances of all pairs of rows i < j of an (N, M) matrix.
Tensor pdist(const Tensor& input, double p = 2.0, Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
