#pragma once
#include "frontend/nn/options/pixelshuffle.h"

namespace torch {
namespace nn {
namespace functional {
/// (..., C r², H, W) to (..., C, H r, W r), and back.
Tensor pixel_shuffle(const Tensor& input, const PixelShuffleFuncOptions& options,
                     Location where = Location::current());
Tensor pixel_unshuffle(const Tensor& input, const PixelUnshuffleFuncOptions& options,
                       Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
