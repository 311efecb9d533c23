/// Windows as further dims: what pooling with windows of unequal lengths or at computed places looks
/// at. Reshapes and index selects only, so that it is read in place by the kernel that pools.
#pragma once
#include <vector>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

/// The windows along one dim of that size: where each begins and how many elements it has.
struct Windows {
  int64_t size;
  std::vector<int64_t> begin, length;
  int64_t longest() const;
  bool even() const;  // side by side, of one length, covering the dim

  /// `count` windows that cover the dim evenly, some of them an element longer.
  static Windows adaptive(int64_t size, int64_t count);
  /// (count, longest) positions, those behind a window's end its last one.
  Tensor positions(const Tensor& like) const;
  /// (count, longest): whether the position is in the window.
  Tensor inside(const Tensor& like) const;
};

/// x (..., spatial...) with each spatial dim made two: (..., count, longest, count, longest).
Tensor window_dims(const Tensor& x, const std::vector<Windows>& windows);
/// (..., count, longest, count, longest) as (..., count, count, longest * longest).
Tensor windows_last(const Tensor& x, size_t dims);
}  // namespace nn
}  // namespace torch
