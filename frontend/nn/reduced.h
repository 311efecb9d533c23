/// What becomes of a loss's elements.
#pragma once
#include "frontend/nn/reduction.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
inline Tensor reduced(const Tensor& loss, int64_t reduction) {
  switch (reduction) {
    case at::Reduction::None: return loss;
    case at::Reduction::Mean: return loss.mean();
    case at::Reduction::Sum: return loss.sum();
  }
  TORCH_CHECK(false, "a loss's reduction must be None, Mean or Sum, got ", reduction);
}
}  // namespace nn
}  // namespace torch
