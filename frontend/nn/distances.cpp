#include "frontend/nn/distances.h"

#include <cmath>
#include <vector>

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/composite.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
using nn::Composite;

namespace {
// The norm along dim, no smaller than eps; its gradient is that of the norm.
Tensor norm_above(const Tensor& x, int64_t dim, double eps) {
  Tensor norm = x.norm(2, dim, /*keepdim=*/true).clone();
  NoGradGuard no_grad;
  norm.clamp_min_(eps);
  return norm;
}
}  // namespace

Tensor cosine_similarity(In x1, const Tensor& x2, int64_t dim, double eps) {
  if (const Autocast cast(casts::cosine_similarity, {x1, x2}); cast.on())
    return cosine_similarity(In(cast[0], x1.where), cast[1], dim, eps);
  Composite composite("cosine_similarity", nullptr, x1.where);
  const std::vector<Tensor> both = torch::broadcast_tensors({x1.tensor, x2});
  const ScalarType type = result_type(both[0], both[1]);
  TORCH_CHECK(isFloatingType(type),
              "expected common dtype to be floating point, yet common dtype is ", type);
  const Tensor a = both[0].to(type), b = both[1].to(type);
  return ((a / norm_above(a, dim, eps)) * (b / norm_above(b, dim, eps))).sum(dim);
}

Tensor pairwise_distance(In x1, const Tensor& x2, double p, double eps, bool keepdim) {
  Composite composite("pairwise_distance", nullptr, x1.where);
  const Tensor difference = x1 - x2 + eps;
  return difference.norm(p, difference.dim() - 1, keepdim);
}

Tensor pdist(In self, double p) {
  if (const Autocast cast(casts::pdist, {self}); cast.on())
    return pdist(In(cast[0], self.where), p);
  Composite composite("pdist", "PdistBackward0", self.where);
  const Tensor& x = self;
  TORCH_CHECK(x.dim() == 2, "pdist only supports 2D tensors, got: ", x.dim(), "D");
  TORCH_CHECK(isFloatingType(x.scalar_type()), "pdist only supports floating-point dtypes, got ",
              x.scalar_type());
  TORCH_CHECK(p >= 0, "pdist only supports non-negative p values, got ", p);
  TORCH_CHECK_NOT_IMPLEMENTED(!op::is_half(x.scalar_type()), "\"pdist\" not implemented for '",
                              x.scalar_type(), "'");
  const int64_t n = x.size(0);
  std::vector<int64_t> first, second;
  for (int64_t i = 0; i < n; ++i)
    for (int64_t j = i + 1; j < n; ++j) {
      first.push_back(i);
      second.push_back(j);
    }
  const TensorOptions whole = x.options().dtype(kLong);
  const Tensor difference = x.index_select(0, torch::tensor(first, whole)) -
                            x.index_select(0, torch::tensor(second, whole));
  return difference.norm(p, 1);
}
}  // namespace torch
