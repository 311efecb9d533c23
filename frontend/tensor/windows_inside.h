/// What convolutions and pooling share: how their lists are read, and inputs without a batch.
#pragma once
#include "frontend/record/record.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/windows.h"

namespace torch {

/// `count` numbers from a list of as many or one that stands for all; an empty one is `fallback`.
inline Dims repeated(IntArrayRef list, size_t count, const Dims& fallback = {}) {
  if (list.empty() && !fallback.empty()) return fallback;
  Dims result;
  for (size_t i = 0; i < count; ++i) result.push_back(list[list.size() == 1 ? 0 : i]);
  return result;
}

/// With one dim more than spatial ones there is no batch: one is put in front, and taken off the
/// result.
struct Batch {
  Batch(const Tensor& tensor, size_t dims) : added(tensor.dim() == static_cast<int64_t>(dims) + 1) {
    x = added ? tensor.unsqueeze(0) : tensor;
  }
  Tensor result(const Tensor& y) const { return added ? y.squeeze(0) : y; }
  bool added;
  Tensor x;
};
}  // namespace torch
