/// libtorch's other names for tensors as autograd sees them.
#pragma once
#include "frontend/autograd/node.h"

namespace torch {
namespace autograd {
/// The values of `data` as a leaf, out of any history; memory is shared.
Variable make_variable(const Tensor& data, bool requires_grad = false,
                       bool allow_tensor_metadata_change = true,
                       Location where = Location::current());
/// ... as the result of a function.
Variable make_variable(const Tensor& data, Edge gradient_edge,
                       bool allow_tensor_metadata_change = true,
                       Location where = Location::current());
}  // namespace autograd
}  // namespace torch
