#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "frontend/tensor/arg.h"
#include "frontend/nn/enum.h"

namespace torch {
namespace nn {

/// `Upsample(UpsampleOptions().scale_factor(std::vector<double>({2, 2})).mode(torch::kBilinear))`:
/// either a size or a factor, a number a spatial dim.
struct UpsampleOptions {
  using mode_t = std::variant<enumtype::kNearest, enumtype::kLinear, enumtype::kBilinear,
                              enumtype::kBicubic, enumtype::kTrilinear>;
  TORCH_ARG(std::optional<std::vector<int64_t>>, size) = std::nullopt;
  TORCH_ARG(std::optional<std::vector<double>>, scale_factor) = std::nullopt;
  TORCH_ARG(mode_t, mode) = torch::kNearest;
  /// Whether the centers of the corner pixels stay corners; of modes other than nearest.
  TORCH_ARG(std::optional<bool>, align_corners) = std::nullopt;
};

namespace functional {
struct InterpolateFuncOptions {
  using mode_t =
      std::variant<enumtype::kNearest, enumtype::kLinear, enumtype::kBilinear, enumtype::kBicubic,
                   enumtype::kTrilinear, enumtype::kArea, enumtype::kNearestExact>;
  TORCH_ARG(std::optional<std::vector<int64_t>>, size) = std::nullopt;
  TORCH_ARG(std::optional<std::vector<double>>, scale_factor) = std::nullopt;
  TORCH_ARG(mode_t, mode) = torch::kNearest;
  TORCH_ARG(std::optional<bool>, align_corners) = std::nullopt;
  /// Whether the sizes that come out, not the factor, say what lies where.
  TORCH_ARG(std::optional<bool>, recompute_scale_factor) = std::nullopt;
  /// Whether pixels that are made smaller are averaged; of bilinear and bicubic.
  TORCH_ARG(bool, antialias) = false;
};
}  // namespace functional
}  // namespace nn
}  // namespace torch
