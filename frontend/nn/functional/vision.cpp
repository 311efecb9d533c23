#include "frontend/nn/functional/vision.h"

#include "frontend/nn/resampling.h"
#include "frontend/record/scope.h"

namespace torch {
namespace nn {
namespace functional {
Tensor affine_grid(const Tensor& theta, const IntArrayRef& size, bool align_corners,
                   Location where) {
  record::Call call(where);
  TORCH_CHECK(theta.is_floating_point(), "Expected theta to have floating point type, but got ",
              theta.dtype());
  TORCH_CHECK(size.size() == 4 || size.size() == 5,
              "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, "
              "respectively. Got size ",
              size);
  const auto dims = static_cast<int64_t>(size.size()) - 2;
  TORCH_CHECK(theta.dim() == 3 && theta.size(-2) == dims && theta.size(-1) == dims + 1,
              "Expected a batch of ", dims, "D affine matrices of shape Nx", dims, "x", dims + 1,
              " for size ", size, ". Got ", theta.sizes(), ".");
  for (int64_t n : size) TORCH_CHECK(n > 0, "Expected non-zero, positive output size. Got ", size);
  return torch::affine_grid_generator(In(theta, where), size, align_corners);
}

Tensor grid_sample(const Tensor& input, const Tensor& grid, const GridSampleFuncOptions& options,
                   Location where) {
  record::Call call(where);
  if (!options.align_corners())
    TORCH_WARN(
        "Default grid_sample and affine_grid behavior has changed to align_corners=False since "
        "1.3.0. Please specify align_corners=True if the old behavior is desired. See the "
        "documentation of grid_sample for details.");
  // at's numbers for both are the order of the alternatives
  return torch::grid_sampler(In(input, where), grid, static_cast<int64_t>(options.mode().index()),
                             static_cast<int64_t>(options.padding_mode().index()),
                             options.align_corners().value_or(false));
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
