#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {

/// Rows of `weight` (num, dim) at `indices` (...): (..., dim). Row `padding_idx`, if there is one,
/// gets no gradient; `scale_grad_by_freq` divides a row's gradient by how often it is looked up.
/// Gradients are never sparse here.
Tensor embedding(In weight, const Tensor& indices, int64_t padding_idx = -1,
                 bool scale_grad_by_freq = false, bool sparse = false);
/// Scales down in place those rows that `indices` name and whose norm is above `max_norm`.
Tensor& embedding_renorm_(Tensor& self, const Tensor& indices, double max_norm, double norm_type);
}  // namespace torch
