/// Contractions as ir/op/order.h says, one element after the other.
#pragma once
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "ir/op/order.h"

namespace naive {
using Sizes = std::vector<int64_t>;

template <class T> T step(T x, T y, T acc) {
  if constexpr (std::is_floating_point_v<T>) return std::fma(x, y, acc);
  else
    return static_cast<T>(static_cast<uint64_t>(acc) +
                          static_cast<uint64_t>(x) * static_cast<uint64_t>(y));
}

/// sum over k by chunks: step(k, acc) gives the next acc.
template <class T, class Step> T chain(int64_t k, int64_t splits, Step&& next) {
  T total = T();
  const int64_t chunk = torch::op::contraction_chunk(k, splits);
  for (int64_t from = 0; from < k; from += chunk) {
    T acc = T();
    for (int64_t i = from; i < std::min(k, from + chunk); ++i) acc = next(i, acc);
    total = from ? static_cast<T>(total + acc) : acc;
  }
  return total;
}

inline int64_t product(const Sizes& sizes, size_t from = 0) {
  int64_t p = 1;
  for (size_t i = from; i < sizes.size(); ++i) p *= sizes[i];
  return p;
}
inline Sizes split(int64_t linear, const Sizes& sizes, size_t from) {
  Sizes index(sizes.size() - from);
  for (size_t i = sizes.size(); i-- > from; linear /= sizes[i]) index[i - from] = linear % sizes[i];
  return index;
}
inline int64_t join(int64_t outer, int64_t channel, const Sizes& at, const Sizes& sizes) {
  int64_t linear = outer * sizes[1] + channel;
  for (size_t i = 0; i < at.size(); ++i) linear = linear * sizes[i + 2] + at[i];
  return linear;
}

/// `a(b, m, k)`, `b(b, k, n)` give elements.
template <class T, class A, class B>
std::vector<T> matmul(int64_t batch, int64_t m, int64_t n, int64_t k, A&& a, B&& b) {
  std::vector<T> y(batch * m * n);
  const int64_t splits = torch::op::contraction_splits(batch, m, n, k);
  for (int64_t i = 0; i < batch * m * n; ++i) {
    const int64_t column = i % n, row = i / n % m, at = i / n / m;
    y[i] = chain<T>(k, splits,
                    [&](int64_t p, T acc) { return step(a(at, row, p), b(at, p, column), acc); });
  }
  return y;
}

struct Conv {
  Sizes x, w, y;  // with channels
  Sizes stride, padding, dilation;
  int64_t groups = 1;

  void infer() {
    y = {x[0], w[0]};
    for (size_t d = 2; d < x.size(); ++d)
      y.push_back((x[d] + 2 * padding[d - 2] - dilation[d - 2] * (w[d] - 1) - 1) / stride[d - 2] +
                  1);
  }
  /// The position of x under window position `tap` of output position `out`; false outside.
  bool input(const Sizes& out, const Sizes& tap, Sizes& at) const {
    at.resize(out.size());
    for (size_t d = 0; d < out.size(); ++d) {
      at[d] = out[d] * stride[d] - padding[d] + tap[d] * dilation[d];
      if (at[d] < 0 || at[d] >= x[d + 2]) return false;
    }
    return true;
  }
  /// The output position whose window position `tap` is on `in`; false when there is none.
  bool output(const Sizes& in, const Sizes& tap, Sizes& at) const {
    at.resize(in.size());
    for (size_t d = 0; d < in.size(); ++d) {
      const int64_t p = in[d] + padding[d] - tap[d] * dilation[d];
      if (p < 0 || p % stride[d] || (at[d] = p / stride[d]) >= y[d + 2]) return false;
    }
    return true;
  }
  int64_t inputs() const { return w[1]; }
  int64_t outputs() const { return w[0] / groups; }

  template <class T>
  std::vector<T> forward(const std::vector<T>& vx, const std::vector<T>& vw) const {
    const int64_t positions = product(y, 2), taps = product(w, 2), k = inputs() * taps;
    const int64_t splits = torch::op::contraction_splits(x[0] * groups, outputs(), positions, k);
    std::vector<T> vy(product(y));
    Sizes at;
    for (int64_t i = 0; i < product(y); ++i) {
      const int64_t channel = i / positions % w[0], image = i / positions / w[0],
                    group = channel / outputs();
      const Sizes out = split(i % positions, y, 2);
      vy[i] = chain<T>(k, splits, [&](int64_t p, T acc) {
        const bool inside = input(out, split(p % taps, w, 2), at);
        const T value = inside ? vx[join(image, group * inputs() + p / taps, at, x)] : T();
        return step(vw[channel * k + p], value, acc);
      });
    }
    return vy;
  }

  template <class T>
  std::vector<T> weightGrad(const std::vector<T>& vdy, const std::vector<T>& vx) const {
    const int64_t positions = product(y, 2), taps = product(w, 2), k = x[0] * positions,
                  n = inputs() * taps;
    const int64_t splits = torch::op::contraction_splits(groups, outputs(), n, k);
    std::vector<T> vdw(product(w));
    Sizes at;
    for (int64_t i = 0; i < product(w); ++i) {
      const int64_t channel = i / n, input_channel = channel / outputs() * inputs() + i % n / taps;
      const Sizes tap = split(i % taps, w, 2);
      vdw[i] = chain<T>(k, splits, [&](int64_t p, T acc) {
        const Sizes out = split(p % positions, y, 2);
        const bool inside = input(out, tap, at);
        const T value = inside ? vx[join(p / positions, input_channel, at, x)] : T();
        return step(vdy[join(p / positions, channel, out, y)], value, acc);
      });
    }
    return vdw;
  }

  template <class T>
  std::vector<T> inputGrad(const std::vector<T>& vdy, const std::vector<T>& vw) const {
    const int64_t positions = product(x, 2), taps = product(w, 2), k = taps * outputs();
    const int64_t splits = torch::op::contraction_splits(x[0] * groups, inputs(), positions, k);
    std::vector<T> vdx(product(x));
    Sizes at;
    for (int64_t i = 0; i < product(x); ++i) {
      const int64_t channel = i / positions % x[1], image = i / positions / x[1],
                    group = channel / inputs();
      const Sizes in = split(i % positions, x, 2);
      vdx[i] = chain<T>(k, splits, [&](int64_t p, T acc) {
        const int64_t tap = p / outputs(), out_channel = group * outputs() + p % outputs();
        if (!output(in, split(tap, w, 2), at)) return acc;
        return step(vw[(out_channel * inputs() + channel % inputs()) * taps + tap],
                    vdy[join(image, out_channel, at, y)], acc);
      });
    }
    return vdx;
  }
};
}  // namespace naive
