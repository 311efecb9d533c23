#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/distance.h"

namespace torch {
namespace nn {
#define WEFT_DISTANCE(Name)                                               \
  class Name##Impl : public Cloneable<Name##Impl> {                       \
   public:                                                                \
    explicit Name##Impl(const Name##Options& options_ = {});              \
    void reset() override {}                                              \
    void pretty_print(std::ostream& stream) const override;               \
    Tensor forward(const Tensor& x1, const Tensor& x2,                    \
                   Location where = Location::current());                 \
    Name##Options options;                                                \
  };                                                                      \
  WEFT_MODULE(Name)
/// The cosine of the angle of two tensors along a dim.
WEFT_DISTANCE(CosineSimilarity);
/// The p-norm of the difference along the last dim.
WEFT_DISTANCE(PairwiseDistance);
#undef WEFT_DISTANCE
}  // namespace nn
}  // namespace torch
