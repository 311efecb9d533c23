#pragma once
#include <vector>

#include "frontend/nn/any_value.h"
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/conv.h"

namespace torch {
namespace nn {

/// A convolution over D spatial dims, of either direction. weight (out, in / groups, window...) or,
/// transposed, (in, out / groups, window...), bias (out); both start uniform in
/// ±1 / sqrt(weight's second dim * window).
template <size_t D, typename Derived> class ConvNdImpl : public Cloneable<Derived> {
 public:
  explicit ConvNdImpl(detail::ConvNdOptions<D> options);
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;

  detail::ConvNdOptions<D> options;
  Tensor weight, bias;
};

#define WEFT_CONV(D)                                                                               \
  class Conv##D##dImpl : public ConvNdImpl<D, Conv##D##dImpl> {                                    \
   public:                                                                                         \
    Conv##D##dImpl(int64_t input_channels, int64_t output_channels, ExpandingArray<D> kernel_size) \
        : Conv##D##dImpl(Conv##D##dOptions(input_channels, output_channels, kernel_size)) {}       \
    explicit Conv##D##dImpl(Conv##D##dOptions options);                                            \
    Tensor forward(const Tensor& input, Location where = Location::current());                     \
  };                                                                                               \
  WEFT_MODULE(Conv##D##d);                                                                        \
  class ConvTranspose##D##dImpl : public ConvNdImpl<D, ConvTranspose##D##dImpl> {                  \
   public:                                                                                         \
    ConvTranspose##D##dImpl(int64_t input_channels, int64_t output_channels,                       \
                            ExpandingArray<D> kernel_size)                                         \
        : ConvTranspose##D                                                                         \
          ##dImpl(ConvTranspose##D##dOptions(input_channels, output_channels, kernel_size)) {}     \
    explicit ConvTranspose##D##dImpl(ConvTranspose##D##dOptions options);                          \
    /** `output_size`: the result's spatial sizes, of those that give this input. */               \
    Tensor forward(const Tensor& input,                                                            \
                   const std::optional<IntArrayRef>& output_size = std::nullopt,                   \
                   Location where = Location::current());                                          \
                                                                                                   \
   protected:                                                                                      \
    FORWARD_HAS_DEFAULT_ARGS({1, AnyValue(std::optional<IntArrayRef>())})                          \
  };                                                                                               \
  WEFT_MODULE(ConvTranspose##D##d)
WEFT_CONV(1);
WEFT_CONV(2);
WEFT_CONV(3);
#undef WEFT_CONV
}  // namespace nn
}  // namespace torch
