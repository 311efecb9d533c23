/// Elementwise ops of the IR that composites of nn stand on, and that are no function of libtorch's
/// by themselves.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
namespace detail {
/// self where positive, else exp(self) - 1.
Tensor elu(In self);
/// -(target log(self) + (1 - target) log(1 - self)), the logarithms not below -100.
Tensor binary_cross_entropy(In self, const Tensor& target);
}  // namespace detail
}  // namespace torch
