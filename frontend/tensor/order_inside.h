/// What stands on the order of elements.
#pragma once
#include "frontend/tensor/compute_inside.h"

namespace torch {
/// The first `count` positions (long) along a dim (from 0) in ascending or descending order.
Tensor order_of(const Tensor& self, int64_t dim, bool descending, int64_t count, const How& how);
/// The elements of self at positions along dim, and these; `at` has size 1 there unless keepdim.
TensorPair picked(const Tensor& self, int64_t dim, const Tensor& at, bool keepdim);
}  // namespace torch
