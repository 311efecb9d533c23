#include "frontend/nn/modules/pixelshuffle.h"

#include <ostream>

#include "frontend/nn/functional/pixelshuffle.h"

namespace torch {
namespace nn {
#define WEFT_SHUFFLE(Name, function, factor)                                            \
  Name##Impl::Name##Impl(const Name##Options& options_) : options(options_) {}          \
  void Name##Impl::pretty_print(std::ostream& stream) const {                           \
    stream << "torch::nn::" #Name "(" #factor "=" << options.factor() << ")";           \
  }                                                                                     \
  Tensor Name##Impl::forward(const Tensor& input, Location where) {                     \
    Forward forward(*this, where);                                                      \
    return functional::function(input, options);                                        \
  }
WEFT_SHUFFLE(PixelShuffle, pixel_shuffle, upscale_factor)
WEFT_SHUFFLE(PixelUnshuffle, pixel_unshuffle, downscale_factor)
#undef WEFT_SHUFFLE
}  // namespace nn
}  // namespace torch
