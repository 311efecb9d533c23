/// The sums over k of contractions, in the order that ir/op/order.h fixes. Included by what is
/// compiled twice.
#pragma once
#include <algorithm>
#include <type_traits>

#include "ir/op/order.h"
#include "runtime/device/buffer.h"
#include "runtime/reference/variant.h"

namespace torch {
namespace reference {
namespace WEFT_VARIANT {
namespace {

template <class T> inline T multiply_add(T a, T b, T c) {
  if constexpr (std::is_same<T, float>::value)
    return __builtin_fmaf(a, b, c);
  else if constexpr (std::is_same<T, double>::value)
    return __builtin_fma(a, b, c);
  else
    return static_cast<T>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b) +
                          static_cast<uint64_t>(c));
}
template <class T> inline T plus(T a, T b) {
  if constexpr (std::is_floating_point<T>::value)
    return a + b;
  else
    return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

/// Zeroed numbers, given back at the end.
template <class T> class Numbers {
 public:
  explicit Numbers(int64_t n)
      : buffer_(runtime::allocate(static_cast<size_t>(n) * sizeof(T))), n_(n) {
    clear();
  }
  T* data() { return static_cast<T*>(buffer_->data()); }
  void clear() {
    for (int64_t i = 0; i < n_; ++i) data()[i] = T(0);
  }

 private:
  runtime::BufferRef buffer_;
  int64_t n_;
};

/// y (m x n) = the sum over k of what `step(k, acc)` adds to acc (m x n), cut in `splits` chunks of
/// k.
template <class T, class Step>
void chain(int64_t m, int64_t n, int64_t k, int64_t splits, T* y, Step&& step) {
  const int64_t size = m * n, chunk = op::contraction_chunk(k, splits);
  for (int64_t i = 0; i < size; ++i) y[i] = T(0);
  for (int64_t i = 0; i < std::min(chunk, k); ++i) step(i, y);
  if (splits == 1) return;
  Numbers<T> acc(size);
  for (int64_t begin = chunk; begin < k; begin += chunk) {
    acc.clear();
    for (int64_t i = begin; i < std::min(begin + chunk, k); ++i) step(i, acc.data());
    for (int64_t i = 0; i < size; ++i) y[i] = plus(y[i], acc.data()[i]);
  }
}

/// acc[i][0..n) += a[i * stride] * row[0..n), for i < m.
template <class T>
inline void rank_one(int64_t m, int64_t n, const T* __restrict a, int64_t stride,
                     const T* __restrict row, T* __restrict acc) {
  for (int64_t i = 0; i < m; ++i) {
    const T v = a[i * stride];
    for (int64_t j = 0; j < n; ++j) acc[i * n + j] = multiply_add(v, row[j], acc[i * n + j]);
  }
}
}  // namespace
}  // namespace WEFT_VARIANT
}  // namespace reference
}  // namespace torch
