/// torch:: functions that read images between their pixels: at another resolution, or at computed
/// places.
#pragma once
#include <optional>

#include "frontend/tensor/tensor.h"

namespace torch {

/// (N, C, spatial...) at the spatial sizes `output_size`. The scales are those that were asked for,
/// where these decide what lies where; else it is the ratio of the sizes. `align_corners`: the
/// centers of the corner pixels stay corners.
#define WEFT_NEAREST(f)                                                                         \
  Tensor f##1d(In self, IntArrayRef output_size, std::optional<double> scales = std::nullopt);  \
  Tensor f##2d(In self, IntArrayRef output_size, std::optional<double> scales_h = std::nullopt, \
               std::optional<double> scales_w = std::nullopt);                                  \
  Tensor f##3d(In self, IntArrayRef output_size, std::optional<double> scales_d = std::nullopt, \
               std::optional<double> scales_h = std::nullopt,                                   \
               std::optional<double> scales_w = std::nullopt);
WEFT_NEAREST(upsample_nearest)
WEFT_NEAREST(_upsample_nearest_exact)
#undef WEFT_NEAREST
Tensor upsample_linear1d(In self, IntArrayRef output_size, bool align_corners,
                         std::optional<double> scales = std::nullopt);
/// "_aa": what is made smaller is averaged over all pixels that a new one covers.
#define WEFT_PLANAR(f)                                           \
  Tensor f(In self, IntArrayRef output_size, bool align_corners, \
           std::optional<double> scales_h = std::nullopt,        \
           std::optional<double> scales_w = std::nullopt);
WEFT_PLANAR(upsample_bilinear2d)
WEFT_PLANAR(upsample_bicubic2d)
WEFT_PLANAR(_upsample_bilinear2d_aa)
WEFT_PLANAR(_upsample_bicubic2d_aa)
#undef WEFT_PLANAR
Tensor upsample_trilinear3d(In self, IntArrayRef output_size, bool align_corners,
                            std::optional<double> scales_d = std::nullopt,
                            std::optional<double> scales_h = std::nullopt,
                            std::optional<double> scales_w = std::nullopt);

/// input (N, C, H, W) or (N, C, D, H, W) at the places that grid (N, ..., 2 or 3) holds as x, y (,
/// z) from -1 to 1. Modes: bilinear 0, nearest 1, bicubic 2; outside are zeros 0, the border 1, the
/// mirrored image 2.
Tensor grid_sampler(In input, const Tensor& grid, int64_t interpolation_mode, int64_t padding_mode,
                    bool align_corners);
/// The grid of an affine map of images: theta (N, 2, 3) or (N, 3, 4), size (N, C, (D,) H, W).
Tensor affine_grid_generator(In theta, IntArrayRef size, bool align_corners);
}  // namespace torch
