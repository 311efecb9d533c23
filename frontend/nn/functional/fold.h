#pragma once
#include "frontend/tensor/tensor.h"
#include "frontend/nn/options/fold.h"

namespace torch {
namespace nn {
namespace functional {
/// Columns (N, C kh kw, L) summed into the windows of images (N, C, H, W).
Tensor fold(const Tensor& input, const FoldFuncOptions& options,
            Location where = Location::current());
/// The windows of images (N, C, H, W) as columns (N, C kh kw, L).
Tensor unfold(const Tensor& input, const UnfoldFuncOptions& options,
              Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
