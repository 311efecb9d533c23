// Convolution and its gradients as sums over rows of the unfolded input; orders in ir/op/order.h.
#include "runtime/reference/contraction.h"
#include "runtime/reference/variants.h"

namespace torch {
namespace reference {
namespace WEFT_VARIANT {
namespace {

/// The sizes of one convolution, as three spatial dims (leading ones are 1).
struct Shape {
  int64_t images, groups, in_channels, out_channels;  // channels of a group
  int64_t in[3] = {1, 1, 1}, out[3] = {1, 1, 1}, window[3] = {1, 1, 1};
  int64_t stride[3] = {1, 1, 1}, padding[3] = {0, 0, 0}, dilation[3] = {1, 1, 1};

  template <class Attributes>
  Shape(const Attributes& a, const op::Dims& input, const op::Dims& weight, const op::Dims& output)
      : images(input[0]),
        groups(a.groups),
        in_channels(weight[1]),
        out_channels(weight[0] / a.groups) {
    const size_t n = input.size() - 2;
    for (size_t i = 0; i < n; ++i) {
      const size_t d = 3 - n + i;
      in[d] = input[2 + i];
      out[d] = output[2 + i];
      window[d] = weight[2 + i];
      stride[d] = a.stride[i];
      padding[d] = a.padding[i];
      dilation[d] = a.dilation[i];
    }
  }
  int64_t positions() const { return in[0] * in[1] * in[2]; }
  int64_t outputs() const { return out[0] * out[1] * out[2]; }
  int64_t taps() const { return window[0] * window[1] * window[2]; }

  /// The input coordinate that tap `t` of output `o` reads along dim d; may lie outside.
  int64_t coordinate(int d, int64_t o, int64_t t) const {
    return o * stride[d] - padding[d] + t * dilation[d];
  }
  /// The offset of what tap (t0, t1, t2) of output (o0, o1, o2) reads; -1 in the padding.
  int64_t position(const int64_t* o, const int64_t* t) const {
    int64_t offset = 0;
    for (int d = 0; d < 3; ++d) {
      const int64_t i = coordinate(d, o[d], t[d]);
      if (i < 0 || i >= in[d]) return -1;
      offset = offset * in[d] + i;
    }
    return offset;
  }
};

void split(int64_t flat, const int64_t* sizes, int64_t* index) {
  index[2] = flat % sizes[2];
  index[1] = flat / sizes[2] % sizes[1];
  index[0] = flat / sizes[2] / sizes[1];
}

/// The outputs, by runs along the last dim, whose `tap` lies inside of the input: `f(first output,
/// count, position that the first reads)`; positions of a run are stride[2] apart.
template <class F> void for_runs(const Shape& s, int64_t tap, F&& f) {
  int64_t t[3], o[3];
  split(tap, s.window, t);
  // o * stride must lie in [low, low + in)
  const int64_t low = s.padding[2] - t[2] * s.dilation[2];
  const int64_t begin = low > 0 ? (low + s.stride[2] - 1) / s.stride[2] : 0;
  const int64_t limit = low + s.in[2];
  const int64_t end = limit > 0 ? std::min(s.out[2], (limit + s.stride[2] - 1) / s.stride[2]) : 0;
  if (begin >= end) return;
  o[2] = begin;
  for (o[0] = 0; o[0] < s.out[0]; ++o[0])
    for (o[1] = 0; o[1] < s.out[1]; ++o[1]) {
      const int64_t at = s.position(o, t);
      if (at >= 0) f((o[0] * s.out[1] + o[1]) * s.out[2] + begin, end - begin, at);
    }
}

template <class T> void forward(const Call& c) {
  const Shape s(op::attrs::conv(c.attrs), c.type(0).dims, c.type(1).dims, c.result_type().dims);
  const int64_t m = s.out_channels, n = s.outputs(), k = s.in_channels * s.taps();
  const int64_t splits = op::contraction_splits(s.images * s.groups, m, n, k);
  Numbers<T> row(n);
  for (int64_t b = 0; b < s.images * s.groups; ++b) {
    const T *x = c.in<T>(0) + b * s.in_channels * s.positions(),
            *w = c.in<T>(1) + b % s.groups * m * k;
    chain<T>(m, n, k, splits, c.out<T>() + b * m * n, [&](int64_t p, T* acc) {
      const T* channel = x + p / s.taps() * s.positions();
      row.clear();
      for_runs(s, p % s.taps(), [&](int64_t o, int64_t count, int64_t at) {
        for (int64_t j = 0; j < count; ++j) row.data()[o + j] = channel[at + j * s.stride[2]];
      });
      rank_one(m, n, w + p, k, row.data(), acc);
    });
  }
}

template <class T> void weight_grad(const Call& c) {
  const Shape s(op::attrs::conv_weight_grad(c.attrs), c.type(1).dims, c.result_type().dims,
                c.type(0).dims);
  const int64_t m = s.out_channels, n = s.in_channels * s.taps(), k = s.images * s.outputs();
  const int64_t splits = op::contraction_splits(s.groups, m, n, k);
  Numbers<T> row(n);
  for (int64_t g = 0; g < s.groups; ++g)
    chain<T>(m, n, k, splits, c.out<T>() + g * m * n, [&](int64_t p, T* acc) {
      const int64_t image = p / s.outputs(), output = p % s.outputs(), b = image * s.groups + g;
      int64_t o[3], t[3];
      split(output, s.out, o);
      for (int64_t j = 0; j < n; ++j) {
        split(j % s.taps(), s.window, t);
        const int64_t at = s.position(o, t);
        row.data()[j] =
            at < 0 ? T(0) : c.in<T>(1)[(b * s.in_channels + j / s.taps()) * s.positions() + at];
      }
      rank_one(m, n, c.in<T>(0) + b * m * s.outputs() + output, s.outputs(), row.data(), acc);
    });
}

template <class T>
void add_products(T v, const T* __restrict from, int64_t count, T* __restrict to, int64_t stride) {
  if (stride == 1)
    for (int64_t j = 0; j < count; ++j) to[j] = multiply_add(v, from[j], to[j]);
  else
    for (int64_t j = 0; j < count; ++j) to[j * stride] = multiply_add(v, from[j], to[j * stride]);
}

template <class T> void input_grad(const Call& c) {
  const Shape s(op::attrs::conv_input_grad(c.attrs), c.result_type().dims, c.type(1).dims,
                c.type(0).dims);
  const int64_t m = s.in_channels, n = s.positions(), k = s.taps() * s.out_channels;
  const int64_t splits = op::contraction_splits(s.images * s.groups, m, n, k);
  Numbers<int64_t> runs(2 * s.out[0] * s.out[1]);  // of a tap: first output, position
  for (int64_t b = 0; b < s.images * s.groups; ++b) {
    const T* dy = c.in<T>(0) + b * s.out_channels * s.outputs();
    const T* w = c.in<T>(1) + b % s.groups * s.out_channels * m * s.taps();
    int64_t of_tap = -1, found = 0, length = 0;
    chain<T>(m, n, k, splits, c.out<T>() + b * m * n, [&](int64_t p, T* acc) {
      const int64_t tap = p / s.out_channels, channel = p % s.out_channels;
      if (tap != of_tap) {
        of_tap = tap;
        found = 0;
        for_runs(s, tap, [&](int64_t o, int64_t count, int64_t at) {
          runs.data()[found++] = o;
          runs.data()[found++] = at;
          length = count;
        });
      }
      for (int64_t i = 0; i < m; ++i) {
        const T v = w[(channel * m + i) * s.taps() + tap];
        for (int64_t r = 0; r < found; r += 2)
          add_products(v, dy + channel * s.outputs() + runs.data()[r], length,
                       acc + i * n + runs.data()[r + 1], s.stride[2]);
      }
    });
  }
}
}  // namespace

#define WEFT_FLOATING(function, body)                                 \
  void function(const Call& c) {                                      \
    c.type(0).dtype == op::DType::Float ? body<float>(c) : body<double>(c); \
  }
WEFT_FLOATING(conv, forward)
WEFT_FLOATING(conv_weight_grad, weight_grad)
WEFT_FLOATING(conv_input_grad, input_grad)
#undef WEFT_FLOATING
}  // namespace WEFT_VARIANT
}  // namespace reference
}  // namespace torch
