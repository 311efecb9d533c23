#pragma once
#include <tuple>

#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/pooling.h"

namespace torch {
namespace nn {

#define WEFT_POOL(D)                                                                        \
  /** The largest element of each window. */                                                \
  class MaxPool##D##dImpl : public Cloneable<MaxPool##D##dImpl> {                           \
   public:                                                                                  \
    MaxPool##D##dImpl(ExpandingArray<D> kernel_size)                                        \
        : MaxPool##D##dImpl(MaxPool##D##dOptions(kernel_size)) {}                           \
    explicit MaxPool##D##dImpl(const MaxPool##D##dOptions& options_) : options(options_) {} \
    void reset() override {}                                                                \
    void pretty_print(std::ostream& stream) const override;                                 \
    Tensor forward(const Tensor& input, Location where = Location::current());              \
    std::tuple<Tensor, Tensor> forward_with_indices(const Tensor& input,                    \
                                                    Location where = Location::current());  \
    MaxPool##D##dOptions options;                                                           \
  };                                                                                        \
  TORCH_MODULE(MaxPool##D##d);                                                              \
  /** The mean of each window. */                                                           \
  class AvgPool##D##dImpl : public Cloneable<AvgPool##D##dImpl> {                           \
   public:                                                                                  \
    AvgPool##D##dImpl(ExpandingArray<D> kernel_size)                                        \
        : AvgPool##D##dImpl(AvgPool##D##dOptions(kernel_size)) {}                           \
    explicit AvgPool##D##dImpl(const AvgPool##D##dOptions& options_) : options(options_) {} \
    void reset() override {}                                                                \
    void pretty_print(std::ostream& stream) const override;                                 \
    Tensor forward(const Tensor& input, Location where = Location::current());              \
    AvgPool##D##dOptions options;                                                           \
  };                                                                                        \
  TORCH_MODULE(AvgPool##D##d)
WEFT_POOL(1);
WEFT_POOL(2);
WEFT_POOL(3);
#undef WEFT_POOL
}  // namespace nn
}  // namespace torch
