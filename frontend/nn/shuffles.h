/// torch:: functions that move elements between channels, places and windows.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
/// (..., C r², H, W) to (..., C, H r, W r), and back.
Tensor pixel_shuffle(In self, int64_t upscale_factor);
Tensor pixel_unshuffle(In self, int64_t downscale_factor);
/// The windows of images (N, C, H, W) or (C, H, W) as columns: (N, C kh kw, number of windows).
Tensor im2col(In self, IntArrayRef kernel_size, IntArrayRef dilation, IntArrayRef padding,
              IntArrayRef stride);
/// Its transpose: columns summed into images of `output_size`.
Tensor col2im(In self, IntArrayRef output_size, IntArrayRef kernel_size, IntArrayRef dilation,
              IntArrayRef padding, IntArrayRef stride);
/// A one at the class of each element, zeros elsewhere: (..., num_classes); -1: as many as the
/// largest needs, which evaluates.
Tensor one_hot(In self, int64_t num_classes = -1);
}  // namespace torch
