/// Walking several arrays of one shape at once, each with its own strides.
#pragma once
#include <array>
#include <cstdint>
#include <cstring>

#include "ir/op/type.h"

namespace torch {
namespace reference {

using op::Dims;

/// `dims` with the strides, in elements, of N arrays. Neighbouring dims that all arrays walk as one
/// are one.
template <size_t N> struct StridedLoop {
  Dims dims;
  std::array<Dims, N> strides;

  /// Adds a dim to the right; dims of size 1 do not count.
  void add(int64_t size, const std::array<int64_t, N>& steps) {
    if (size == 1) return;
    bool one = !dims.empty();
    for (size_t i = 0; i < N && one; ++i) one = strides[i].back() == steps[i] * size;
    if (one) {
      dims.back() *= size;
      for (size_t i = 0; i < N; ++i) strides[i].back() = steps[i];
    } else {
      dims.push_back(size);
      for (size_t i = 0; i < N; ++i) strides[i].push_back(steps[i]);
    }
  }

  /// Calls `row(offsets, size, steps)` for every run along the last dim, in row-major order.
  template <class Row> void rows(std::array<int64_t, N> offsets, Row&& row) const {
    std::array<int64_t, N> steps{};
    if (dims.empty()) return row(offsets, int64_t(1), steps);
    for (int64_t d : dims)
      if (d == 0) return;
    const size_t outer = dims.size() - 1;
    for (size_t i = 0; i < N; ++i) steps[i] = strides[i][outer];
    Dims at(outer, 0);
    for (;;) {
      row(offsets, dims[outer], steps);
      size_t d = outer;
      for (;; --d) {
        if (d == 0) return;
        for (size_t i = 0; i < N; ++i) offsets[i] += strides[i][d - 1];
        if (++at[d - 1] < dims[d - 1]) break;
        for (size_t i = 0; i < N; ++i) offsets[i] -= strides[i][d - 1] * dims[d - 1];
        at[d - 1] = 0;
      }
    }
  }
};

/// Copies elements of `bytes` bytes (1, 2, 4, 8 or 16): array 0 of the loop to, array 1 from.
void copy_strided(const StridedLoop<2>& loop, void* to, int64_t to_offset, const void* from,
                  int64_t from_offset, size_t bytes);

/// Strides with which an array of shape `dims` is read at the indices of a shape that it is
/// broadcast to: 0 along broadcast dims.
Dims broadcast_strides(op::Span<int64_t> dims, op::Span<int64_t> to);
}  // namespace reference
}  // namespace torch
