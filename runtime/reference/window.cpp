// Pooling over the trailing dims, window after window.
#include <limits>
#include <vector>

#include "runtime/reference/call.h"

namespace torch {
namespace reference {
namespace {

using op::Dims;
using op::Span;

/// The positions of the input that each window covers, as offsets in the flattened trailing dims.
class Windows {
 public:
  Windows(Span<int64_t> window, Span<int64_t> stride, Span<int64_t> padding, Span<int64_t> dilation,
          Span<int64_t> sizes, Span<int64_t> pooled)
      : window_(window),
        stride_(stride),
        padding_(padding),
        dilation_(dilation),
        sizes_(sizes),
        pooled_(pooled) {
    for (int64_t s : sizes) positions_ *= s;
    for (int64_t p : pooled) windows_ *= p;
  }
  int64_t positions() const { return positions_; }
  int64_t windows() const { return windows_; }

  /// Calls `f(position)` for the positions of window number `w`, in row-major order of the window.
  template <class F> void cover(int64_t w, F&& f) const {
    Dims start(window_.size(), 0);
    for (size_t i = window_.size(); i-- > 0; w /= pooled_[i])
      start[i] = w % pooled_[i] * stride_[i] - padding_[i];
    walk(0, 0, start, f);
  }

 private:
  template <class F> void walk(size_t dim, int64_t offset, const Dims& start, F&& f) const {
    if (dim == window_.size()) return f(offset);
    for (int64_t k = 0; k < window_[dim]; ++k) {
      const int64_t at = start[dim] + k * dilation_[dim];
      if (at >= 0 && at < sizes_[dim]) walk(dim + 1, offset * sizes_[dim] + at, start, f);
    }
  }
  Span<int64_t> window_, stride_, padding_, dilation_, sizes_, pooled_;
  int64_t positions_ = 1, windows_ = 1;
};

Span<int64_t> trailing(const Dims& dims, size_t n) { return {dims.data() + dims.size() - n, n}; }

/// Windows of an op on x (pooling) with result y.
template <class Attributes>
Windows pooling(const Attributes& a, const op::Type& x, const op::Type& y) {
  const size_t n = a.window.size();
  return Windows(a.window, a.stride, a.padding, a.dilation, trailing(x.dims, n),
                 trailing(y.dims, n));
}
int64_t images(const op::Type& pooled, const Windows& w) {
  return w.windows() ? pooled.numel() / w.windows() : 0;
}

template <class T> T plus(T a, T b) {
  if constexpr (std::is_integral<T>::value)
    return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
  else
    return a + b;
}
template <class T> T lowest() {
  return std::numeric_limits<T>::has_infinity ? -std::numeric_limits<T>::infinity()
                                              : std::numeric_limits<T>::lowest();
}
}  // namespace

void max_pool(const Call& c) {
  const Windows windows = pooling(op::attrs::max_pool(c.attrs), c.type(0), c.result_type());
  op::visit_computed(c.type(0).dtype, [&](auto t) {
    using T = decltype(t);
    const T* x = c.in<T>(0);
    T* y = c.out<T>();
    int64_t* indices = c.out<int64_t>(1);
    for (int64_t image = images(c.result_type(), windows); image-- > 0; x += windows.positions())
      for (int64_t w = 0; w < windows.windows(); ++w) {
        T best = lowest<T>();
        int64_t index = 0;
        bool first = true;
        windows.cover(w, [&](int64_t at) {
          // The first of equals; a nan is larger than all, and the first nan stays.
          if (first || x[at] > best || (x[at] != x[at] && best == best)) best = x[at], index = at;
          first = false;
        });
        *y++ = best;
        *indices++ = index;
      }
  });
}

void max_pool_grad(const Call& c) {
  const Windows windows = pooling(op::attrs::max_pool_grad(c.attrs), c.result_type(), c.type(0));
  op::visit_computed(c.type(0).dtype, [&](auto t) {
    using T = decltype(t);
    const T* dy = c.in<T>(0);
    const int64_t* index = c.in<int64_t>(1);
    T* dx = c.out<T>();
    const int64_t n = c.result_type().numel();
    for (int64_t i = 0; i < n; ++i) dx[i] = T(0);
    for (int64_t image = images(c.type(0), windows); image-- > 0; dx += windows.positions())
      for (int64_t w = 0; w < windows.windows(); ++w, ++dy, ++index)
        windows.cover(w, [&](int64_t at) {  // nothing where a window holds padding alone
          if (at == *index) dx[at] = plus(dx[at], *dy);
        });
  });
}

void window_sum(const Call& c) {
  const Windows windows = pooling(op::attrs::window_sum(c.attrs), c.type(0), c.result_type());
  op::visit_computed(c.type(0).dtype, [&](auto t) {
    using T = decltype(t);
    const T* x = c.in<T>(0);
    T* y = c.out<T>();
    for (int64_t image = images(c.result_type(), windows); image-- > 0; x += windows.positions())
      for (int64_t w = 0; w < windows.windows(); ++w) {
        T sum = T(0);
        windows.cover(w, [&](int64_t at) { sum = plus(sum, x[at]); });
        *y++ = sum;
      }
  });
}

void window_sum_grad(const Call& c) {
  const Windows windows = pooling(op::attrs::window_sum_grad(c.attrs), c.result_type(), c.type(0));
  op::visit_computed(c.type(0).dtype, [&](auto t) {
    using T = decltype(t);
    const T* dy = c.in<T>(0);
    T* dx = c.out<T>();
    const int64_t n = c.result_type().numel();
    for (int64_t i = 0; i < n; ++i) dx[i] = T(0);
    for (int64_t image = images(c.type(0), windows); image-- > 0; dx += windows.positions())
      for (int64_t w = 0; w < windows.windows(); ++w, ++dy)
        windows.cover(w, [&](int64_t at) { dx[at] = plus(dx[at], *dy); });
  });
}
}  // namespace reference
}  // namespace torch
