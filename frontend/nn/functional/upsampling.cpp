#include "frontend/nn/functional/upsampling.h"

#include <cmath>

#include "frontend/nn/pooling.h"
#include "frontend/nn/resampling.h"
#include "frontend/record/scope.h"

namespace torch {
namespace nn {
namespace functional {
namespace {
using Options = InterpolateFuncOptions;
template <typename Mode> bool is(const Options& options) {
  return std::get_if<Mode>(&options.mode()) != nullptr;
}

std::vector<int64_t> output_size(const Tensor& input, const Options& options) {
  const auto dims = static_cast<size_t>(input.dim()) - 2;
  TORCH_CHECK(options.size() || options.scale_factor(),
              "either size or scale_factor should be defined");
  TORCH_CHECK(!options.size() || !options.scale_factor(),
              "only one of size or scale_factor should be defined");
  if (options.size()) return *options.size();
  const std::vector<double>& scales = *options.scale_factor();
  TORCH_CHECK(scales.size() == dims, "scale_factor shape must match input shape. Input is ", dims,
              "D, scale_factor size is ", c10::ArrayRef<double>(scales));
  std::vector<int64_t> sizes;
  bool whole = true;
  for (size_t d = 0; d < dims; ++d) {
    const double size = static_cast<double>(input.size(static_cast<int64_t>(d) + 2));
    sizes.push_back(static_cast<int64_t>(std::floor(size * scales[d])));
    whole &= std::floor(scales[d]) == scales[d];
  }
  if (!options.recompute_scale_factor() && !whole)
    TORCH_WARN(
        "The default behavior for interpolate/upsample with float scale_factor changed in 1.6.0 to "
        "align with other frameworks/libraries, and uses scale_factor directly, instead of relying "
        "on the computed output size. If you wish to keep the old behavior, please set "
        "recompute_scale_factor=True. See the documentation of nn.Upsample for details. ");
  return sizes;
}

bool aligned(const Options& options) {
  if (is<enumtype::kNearest>(options) || is<enumtype::kArea>(options)) {
    TORCH_CHECK(!options.align_corners(),
                "align_corners option can only be set with the interpolating modes: linear | "
                "bilinear | bicubic | trilinear");
    return false;
  }
  if (!options.align_corners())
    TORCH_WARN("Default upsampling behavior when mode=", enumtype::get_enum_name(options.mode()),
               " is changed to align_corners=False since 0.4.0. Please specify align_corners=True "
               "if the old behavior is desired. See the documentation of nn.Upsample for details.");
  return options.align_corners().value_or(false);
}

// A mode that is for inputs of one rank alone.
void check_rank(const Tensor& input, const Options& options) {
  const auto want = [&](const char* name, int64_t rank) {
    TORCH_CHECK(input.dim() == rank, "Got ", input.dim(), "D input, but ", name, " mode needs ",
                rank, "D input");
  };
  const bool rank_known = input.dim() >= 3 && input.dim() <= 5,
             bicubic = is<enumtype::kBicubic>(options);
  TORCH_CHECK(rank_known && (!bicubic || input.dim() == 4),
              "Input Error: Only 3D, 4D and 5D input Tensors supported (got ", input.dim(),
              "D) for the modes: nearest | linear | bilinear | bicubic | trilinear (got ",
              enumtype::get_enum_name(options.mode()), ")");
  TORCH_CHECK(
      !options.antialias() || (input.dim() == 4 && (bicubic || is<enumtype::kBilinear>(options))),
      "Anti-alias option is only supported for bilinear and bicubic modes");
  if (is<enumtype::kLinear>(options)) want("linear", 3);
  if (is<enumtype::kBilinear>(options)) want("bilinear", 4);
  if (is<enumtype::kTrilinear>(options)) want("trilinear", 5);
}
}  // namespace

Tensor interpolate(const Tensor& input, const Options& options, Location where) {
  record::Call call(where);
  const bool align = aligned(options);
  check_rank(input, options);
  const std::vector<int64_t> size = output_size(input, options);
  std::vector<std::optional<double>> scale(3);
  if (options.scale_factor() && !options.recompute_scale_factor().value_or(false))
    scale.assign(options.scale_factor()->begin(), options.scale_factor()->end());
  const In x(input, where);
  const auto spatial = input.dim() - 2;
  if (is<enumtype::kNearest>(options))
    return spatial == 1   ? torch::upsample_nearest1d(x, size, scale[0])
           : spatial == 2 ? torch::upsample_nearest2d(x, size, scale[0], scale[1])
                          : torch::upsample_nearest3d(x, size, scale[0], scale[1], scale[2]);
  if (is<enumtype::kNearestExact>(options))
    return spatial == 1   ? torch::_upsample_nearest_exact1d(x, size, scale[0])
           : spatial == 2 ? torch::_upsample_nearest_exact2d(x, size, scale[0], scale[1])
                          : torch::_upsample_nearest_exact3d(x, size, scale[0], scale[1], scale[2]);
  if (is<enumtype::kArea>(options))
    return spatial == 1   ? torch::adaptive_avg_pool1d(x, size)
           : spatial == 2 ? torch::adaptive_avg_pool2d(x, size)
                          : torch::adaptive_avg_pool3d(x, size);
  if (is<enumtype::kLinear>(options)) return torch::upsample_linear1d(x, size, align, scale[0]);
  if (is<enumtype::kTrilinear>(options))
    return torch::upsample_trilinear3d(x, size, align, scale[0], scale[1], scale[2]);
  const auto planar =
      is<enumtype::kBilinear>(options)
          ? (options.antialias() ? torch::_upsample_bilinear2d_aa : torch::upsample_bilinear2d)
          : (options.antialias() ? torch::_upsample_bicubic2d_aa : torch::upsample_bicubic2d);
  return planar(x, size, align, scale[0], scale[1]);
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
