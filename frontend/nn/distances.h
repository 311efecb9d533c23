/// torch:: distances and similarities of vectors.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
/// The cosine of the angle of x1 and x2 along dim; norms count as eps at least.
Tensor cosine_similarity(In x1, const Tensor& x2, int64_t dim = 1, double eps = 1e-8);
/// The p-norm of x1 - x2 + eps along the last dim.
Tensor pairwise_distance(In x1, const Tensor& x2, double p = 2, double eps = 1e-6,
                         bool keepdim = false);
/// The p-norm distances of all pairs of rows i < j of an (N, M) matrix.
Tensor pdist(In self, double p = 2);
}  // namespace torch
