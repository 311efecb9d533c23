#include "frontend/nn/functional/distance.h"

#include "frontend/nn/distances.h"

namespace torch {
namespace nn {
namespace functional {
Tensor cosine_similarity(const Tensor& x1, const Tensor& x2,
                         const CosineSimilarityFuncOptions& options, Location where) {
  return torch::cosine_similarity(In(x1, where), x2, options.dim(), options.eps());
}
Tensor pairwise_distance(const Tensor& x1, const Tensor& x2,
                         const PairwiseDistanceFuncOptions& options, Location where) {
  return torch::pairwise_distance(In(x1, where), x2, options.p(), options.eps(),
                                  options.keepdim());
}
Tensor pdist(const Tensor& input, double p, Location where) {
  return torch::pdist(In(input, where), p);
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
