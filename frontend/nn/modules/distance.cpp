#include "frontend/nn/modules/distance.h"

#include <ostream>

#include "frontend/nn/functional/distance.h"

namespace torch {
namespace nn {
#define WEFT_DISTANCE(Name, function)                                              \
  Name##Impl::Name##Impl(const Name##Options& options_) : options(options_) {}     \
  Tensor Name##Impl::forward(const Tensor& x1, const Tensor& x2, Location where) { \
    Forward forward(*this, where);                                                 \
    return functional::function(x1, x2, options);                                  \
  }
WEFT_DISTANCE(CosineSimilarity, cosine_similarity)
WEFT_DISTANCE(PairwiseDistance, pairwise_distance)
#undef WEFT_DISTANCE
void CosineSimilarityImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::CosineSimilarity(dim=" << options.dim() << ", eps=" << options.eps() << ")";
}
void PairwiseDistanceImpl::pretty_print(std::ostream& stream) const {
  stream << std::boolalpha << "torch::nn::PairwiseDistance(p=" << options.p()
         << ", eps=" << options.eps() << ", keepdim=" << options.keepdim() << ")";
}
}  // namespace nn
}  // namespace torch
