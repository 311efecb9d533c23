#pragma once
#include <optional>
#include <variant>

#include "frontend/tensor/arg.h"
#include "frontend/nn/enum.h"

namespace torch {
namespace nn {
namespace functional {
/// `F::grid_sample(x, grid, F::GridSampleFuncOptions().padding_mode(torch::kBorder))`.
struct GridSampleFuncOptions {
  using mode_t = std::variant<enumtype::kBilinear, enumtype::kNearest, enumtype::kBicubic>;
  using padding_mode_t = std::variant<enumtype::kZeros, enumtype::kBorder, enumtype::kReflection>;
  TORCH_ARG(mode_t, mode) = torch::kBilinear;
  TORCH_ARG(padding_mode_t, padding_mode) = torch::kZeros;
  TORCH_ARG(std::optional<bool>, align_corners) = std::nullopt;
};
}  // namespace functional
}  // namespace nn
}  // namespace torch
