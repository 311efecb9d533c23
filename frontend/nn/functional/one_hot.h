#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
/// A one at the class of each element, zeros elsewhere: (..., num_classes).
Tensor one_hot(const Tensor& tensor, int64_t num_classes = -1,
               Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
