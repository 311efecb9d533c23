#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/pixelshuffle.h"

namespace torch {
namespace nn {
#define WEFT_SHUFFLE(Name)                                                     \
  class Name##Impl : public Cloneable<Name##Impl> {                            \
   public:                                                                     \
    explicit Name##Impl(const Name##Options& options_);                        \
    void reset() override {}                                                   \
    void pretty_print(std::ostream& stream) const override;                    \
    Tensor forward(const Tensor& input, Location where = Location::current()); \
    Name##Options options;                                                     \
  };                                                                           \
  WEFT_MODULE(Name)
/// (..., C r², H, W) to (..., C, H r, W r).
WEFT_SHUFFLE(PixelShuffle);
/// (..., C, H r, W r) to (..., C r², H, W).
WEFT_SHUFFLE(PixelUnshuffle);
#undef WEFT_SHUFFLE
}  // namespace nn
}  // namespace torch
