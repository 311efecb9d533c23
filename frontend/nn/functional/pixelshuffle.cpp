#include "frontend/nn/functional/pixelshuffle.h"

#include "frontend/nn/shuffles.h"

namespace torch {
namespace nn {
namespace functional {
Tensor pixel_shuffle(const Tensor& input, const PixelShuffleFuncOptions& options, Location where) {
  return torch::pixel_shuffle(In(input, where), options.upscale_factor());
}
Tensor pixel_unshuffle(const Tensor& input, const PixelUnshuffleFuncOptions& options,
                       Location where) {
  return torch::pixel_unshuffle(In(input, where), options.downscale_factor());
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
