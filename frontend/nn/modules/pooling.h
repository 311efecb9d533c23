#pragma once
#include <tuple>

#include "frontend/nn/any_value.h"
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/pooling.h"

namespace torch {
namespace nn {

// A layer that is its options and a function of one tensor.
#define WEFT_POOL(Name, Size)                                                  \
  class Name##Impl : public Cloneable<Name##Impl> {                            \
   public:                                                                     \
    Name##Impl(Size size) : Name##Impl(Name##Options(size)) {}                 \
    explicit Name##Impl(const Name##Options& options_) : options(options_) {}  \
    void reset() override {}                                                   \
    void pretty_print(std::ostream& stream) const override;                    \
    Tensor forward(const Tensor& input, Location where = Location::current()); \
    Name##Options options;                                                     \
  };                                                                           \
  WEFT_MODULE(Name)
// One that also tells where the elements that it took are, among the input's spatial ones (long).
#define WEFT_INDEXED_POOL(Name, Size)                                                      \
  class Name##Impl : public Cloneable<Name##Impl> {                                        \
   public:                                                                                 \
    Name##Impl(Size size) : Name##Impl(Name##Options(size)) {}                             \
    explicit Name##Impl(const Name##Options& options_) : options(options_) {}              \
    void reset() override {}                                                               \
    void pretty_print(std::ostream& stream) const override;                                \
    Tensor forward(const Tensor& input, Location where = Location::current());             \
    std::tuple<Tensor, Tensor> forward_with_indices(const Tensor& input,                   \
                                                    Location where = Location::current()); \
    Name##Options options;                                                                 \
  };                                                                                       \
  WEFT_MODULE(Name)
#define WEFT_POOLS(D)                                                                           \
  /** The largest element of each window. */                                                    \
  WEFT_INDEXED_POOL(MaxPool##D##d, ExpandingArray<D>);                                          \
  /** The mean of each window. */                                                               \
  WEFT_POOL(AvgPool##D##d, ExpandingArray<D>);                                                  \
  /** Zeros, with the input's elements at the places that max pooling took them from. */        \
  class MaxUnpool##D##dImpl : public Cloneable<MaxUnpool##D##dImpl> {                           \
   public:                                                                                      \
    MaxUnpool##D##dImpl(ExpandingArray<D> kernel_size)                                          \
        : MaxUnpool##D##dImpl(MaxUnpool##D##dOptions(kernel_size)) {}                           \
    explicit MaxUnpool##D##dImpl(const MaxUnpool##D##dOptions& options_) : options(options_) {} \
    void reset() override {}                                                                    \
    void pretty_print(std::ostream& stream) const override;                                     \
    Tensor forward(const Tensor& input, const Tensor& indices,                                  \
                   const std::optional<std::vector<int64_t>>& output_size = std::nullopt,       \
                   Location where = Location::current());                                       \
    MaxUnpool##D##dOptions options;                                                             \
                                                                                                \
   protected:                                                                                   \
    FORWARD_HAS_DEFAULT_ARGS({2, AnyValue(std::optional<std::vector<int64_t>>())})              \
  };                                                                                            \
  WEFT_MODULE(MaxUnpool##D##d);                                                                \
  /** The p-norm of each window. */                                                             \
  class LPPool##D##dImpl : public Cloneable<LPPool##D##dImpl> {                                 \
   public:                                                                                      \
    LPPool##D##dImpl(double norm_type, ExpandingArray<D> kernel_size)                           \
        : LPPool##D##dImpl(LPPool##D##dOptions(norm_type, kernel_size)) {}                      \
    explicit LPPool##D##dImpl(const LPPool##D##dOptions& options_) : options(options_) {}       \
    void reset() override {}                                                                    \
    void pretty_print(std::ostream& stream) const override;                                     \
    Tensor forward(const Tensor& input, Location where = Location::current());                  \
    LPPool##D##dOptions options;                                                                \
  };                                                                                            \
  WEFT_MODULE(LPPool##D##d)
WEFT_POOLS(1);
WEFT_POOLS(2);
WEFT_POOLS(3);
#undef WEFT_POOLS

// As many windows as said, which cover the input evenly.
WEFT_INDEXED_POOL(AdaptiveMaxPool1d, ExpandingArray<1>);
WEFT_INDEXED_POOL(AdaptiveMaxPool2d, ExpandingArrayWithOptionalElem<2>);
WEFT_INDEXED_POOL(AdaptiveMaxPool3d, ExpandingArrayWithOptionalElem<3>);
WEFT_POOL(AdaptiveAvgPool1d, ExpandingArray<1>);
WEFT_POOL(AdaptiveAvgPool2d, ExpandingArrayWithOptionalElem<2>);
WEFT_POOL(AdaptiveAvgPool3d, ExpandingArrayWithOptionalElem<3>);
#undef WEFT_POOL
#undef WEFT_INDEXED_POOL

#define WEFT_POOL(D)                                                                       \
  /** Max pooling with windows at random places (Graham 2014). */                          \
  class FractionalMaxPool##D##dImpl : public Cloneable<FractionalMaxPool##D##dImpl> {      \
   public:                                                                                 \
    FractionalMaxPool##D##dImpl(ExpandingArray<D> kernel_size)                             \
        : FractionalMaxPool##D##dImpl(FractionalMaxPool##D##dOptions(kernel_size)) {}      \
    explicit FractionalMaxPool##D##dImpl(FractionalMaxPool##D##dOptions options);          \
    void reset() override;                                                                 \
    void pretty_print(std::ostream& stream) const override;                                \
    Tensor forward(const Tensor& input, Location where = Location::current());             \
    std::tuple<Tensor, Tensor> forward_with_indices(const Tensor& input,                   \
                                                    Location where = Location::current()); \
    FractionalMaxPool##D##dOptions options;                                                \
    Tensor _random_samples;                                                                \
  };                                                                                       \
  WEFT_MODULE(FractionalMaxPool##D##d)
WEFT_POOL(2);
WEFT_POOL(3);
#undef WEFT_POOL
}  // namespace nn
}  // namespace torch
