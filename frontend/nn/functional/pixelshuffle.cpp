#include "frontend/nn/functional/pixelshuffle.h"

#include "frontend/nn/functional/one_hot.h"
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
Tensor one_hot(const Tensor& tensor, int64_t num_classes, Location where) {
  return torch::one_hot(In(tensor, where), num_classes);
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
