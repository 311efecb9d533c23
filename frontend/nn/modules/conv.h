#pragma once
#include <vector>

#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/conv.h"

namespace torch {
namespace nn {

/// A convolution over D spatial dims. weight (out, in / groups, window...), bias (out); both start
/// uniform in ±1 / sqrt(in / groups * window).
template <size_t D, typename Derived>
class ConvNdImpl : public Cloneable<Derived> {
 public:
  explicit ConvNdImpl(ConvOptions<D> options);
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;

  ConvOptions<D> options;
  Tensor weight, bias;
};

#define WEFT_CONV(D)                                                                               \
  class Conv##D##dImpl : public ConvNdImpl<D, Conv##D##dImpl> {                                    \
   public:                                                                                         \
    Conv##D##dImpl(int64_t input_channels, int64_t output_channels, ExpandingArray<D> kernel_size) \
        : Conv##D##dImpl(Conv##D##dOptions(input_channels, output_channels, kernel_size)) {}       \
    explicit Conv##D##dImpl(Conv##D##dOptions options) : ConvNdImpl(std::move(options)) {}         \
    Tensor forward(const Tensor& input, Location where = Location::current());                     \
  };                                                                                               \
  TORCH_MODULE(Conv##D##d)
WEFT_CONV(1);
WEFT_CONV(2);
WEFT_CONV(3);
#undef WEFT_CONV
}  // namespace nn
}  // namespace torch
