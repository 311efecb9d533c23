#pragma once
#include "frontend/nn/options/vision.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
/// The grid of an affine map, for grid_sample: theta (N, 2, 3) or (N, 3, 4), size (N, C, (D,) H, W).
Tensor affine_grid(const Tensor& theta, const IntArrayRef& size, bool align_corners = false,
                   Location where = Location::current());
/// input at the places that grid (N, ..., 2 or 3) holds as x, y (, z) from -1 to 1.
Tensor grid_sample(const Tensor& input, const Tensor& grid,
                   const GridSampleFuncOptions& options = {}, Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
