#pragma once
#include "frontend/tensor/arg.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
/// `PixelShuffle(PixelShuffleOptions(5))`.
struct PixelShuffleOptions {
  PixelShuffleOptions(int64_t upscale_factor) : upscale_factor_(upscale_factor) {}
  TORCH_ARG(int64_t, upscale_factor);
};
/// `PixelUnshuffle(PixelUnshuffleOptions(5))`.
struct PixelUnshuffleOptions {
  /*implicit*/ PixelUnshuffleOptions(int64_t downscale_factor)
      : downscale_factor_(downscale_factor) {}
  TORCH_ARG(int64_t, downscale_factor);
};
namespace functional {
using PixelShuffleFuncOptions = PixelShuffleOptions;
using PixelUnshuffleFuncOptions = PixelUnshuffleOptions;
}  // namespace functional
}  // namespace nn
}  // namespace torch
