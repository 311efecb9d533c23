#include "codegen/cuda/contraction/geometry.h"

#include <utility>

namespace torch {
namespace codegen {
namespace cuda {
namespace {

int64_t count(const Numbers& sizes, size_t begin = 0) {
  int64_t n = 1;
  for (size_t i = begin; i < sizes.size(); ++i) n *= sizes[i];
  return n;
}
Numbers behind(const Numbers& sizes, size_t begin) {
  return Numbers(sizes.begin() + static_cast<std::ptrdiff_t>(begin), sizes.end());
}
Numbers joined(Numbers first, const Numbers& rest) {
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

Product matmul(const Problem& p) {
  Product out;
  const size_t rank = p.sizes.size(), batches = rank - 2;
  const Numbers batch(p.sizes.begin(), p.sizes.end() - 2);
  out.batches = count(batch);
  out.rows = p.sizes[rank - 2];
  out.columns = p.sizes[rank - 1];
  out.depth = p.a.sizes[rank - 1];
  out.a.digits[batch_axis] = out.b.digits[batch_axis] = batch;
  out.a.digits[outer_axis] = {out.rows};
  out.b.digits[outer_axis] = {out.columns};
  out.a.digits[k_axis] = out.b.digits[k_axis] = {out.depth};
  for (size_t d = 0; d < batches; ++d) {
    const Dim dim{batch[d], {{batch_axis, static_cast<unsigned>(d)}}};
    out.a.dims.push_back(dim);
    out.b.dims.push_back(dim);
  }
  out.a.dims.push_back({out.rows, {{outer_axis, 0}}});
  out.a.dims.push_back({out.depth, {{k_axis, 0}}});
  out.b.dims.push_back({out.depth, {{k_axis, 0}}});
  out.b.dims.push_back({out.columns, {{outer_axis, 0}}});
  return out;
}

/// A dim that channels of a group follow each other in.
Dim channels(int64_t size, int64_t groups, Axis axis, unsigned digit) {
  return {size, {{batch_axis, 0, size / groups}, {axis, digit}}};
}
/// position * stride - padding + window * dilation of an input of `size`.
Dim input_position(const Window& w, size_t i, int64_t size, Term position, Term window) {
  position.factor = w.stride[i];
  window.factor = w.dilation[i];
  return {size, {position, window}, -w.padding[i], w.padding[i] > 0};
}

/// A number that is made of channels and the places of a window.
struct Mixed {
  Numbers digits;
  unsigned channel, window;  // which digit is the channel, which the first place
};
Mixed mixed(int64_t channels, const Numbers& window, bool channels_last) {
  if (channels_last)
    return {joined(window, {channels}), static_cast<unsigned>(window.size()), 0};
  return {joined({channels}, window), 0, 1};
}

/// A is the weight, B the input; the sum is over channels and the window.
Product conv(const Problem& p, bool channels_last) {
  Product out;
  const Numbers &x = p.a.sizes, &w = p.b.sizes;
  const size_t spatial = x.size() - 2;
  const Numbers window = behind(w, 2), positions = behind(p.sizes, 2);
  const int64_t groups = p.window.groups;
  out.is_swapped = out.is_grouped = true;
  out.batches = groups;
  out.rows = w[0] / groups;
  out.positions = count(positions);
  out.columns = x[0] * out.positions;
  out.depth = count(w, 1);
  out.a.digits[batch_axis] = out.b.digits[batch_axis] = {groups};
  out.a.digits[outer_axis] = {out.rows};
  out.b.digits[outer_axis] = joined({x[0]}, positions);
  const Mixed k = mixed(w[1], window, channels_last);
  out.a.digits[k_axis] = out.b.digits[k_axis] = k.digits;
  out.a.dims = {channels(w[0], groups, outer_axis, 0), {w[1], {{k_axis, k.channel}}}};
  out.b.dims = {{x[0], {{outer_axis, 0}}}, channels(x[1], groups, k_axis, k.channel)};
  for (unsigned i = 0; i < spatial; ++i) {
    out.a.dims.push_back({window[i], {{k_axis, k.window + i}}});
    out.b.dims.push_back(
        input_position(p.window, i, x[i + 2], {outer_axis, i + 1}, {k_axis, k.window + i}));
  }
  return out;
}

/// A is dy, B the input; the sum is over images and positions.
Product conv_weight_grad(const Problem& p, bool channels_last) {
  Product out;
  const Numbers &dy = p.a.sizes, &x = p.b.sizes;
  const size_t spatial = x.size() - 2;
  const Numbers window = behind(p.sizes, 2), positions = behind(dy, 2);
  const int64_t groups = p.window.groups;
  out.is_grouped = true;
  out.batches = groups;
  out.rows = dy[1] / groups;
  out.columns = count(p.sizes, 1);
  out.depth = dy[0] * count(positions);
  out.a.digits[batch_axis] = out.b.digits[batch_axis] = {groups};
  out.a.digits[outer_axis] = {out.rows};
  const Mixed column = mixed(p.sizes[1], window, channels_last);
  if (channels_last) out.channels = p.sizes[1];
  out.b.digits[outer_axis] = column.digits;
  out.a.digits[k_axis] = out.b.digits[k_axis] = joined({dy[0]}, positions);
  out.a.dims = {{dy[0], {{k_axis, 0}}}, channels(dy[1], groups, outer_axis, 0)};
  out.b.dims = {{x[0], {{k_axis, 0}}}, channels(x[1], groups, outer_axis, column.channel)};
  for (unsigned i = 0; i < spatial; ++i) {
    out.a.dims.push_back({positions[i], {{k_axis, i + 1}}});
    out.b.dims.push_back(
        input_position(p.window, i, x[i + 2], {k_axis, i + 1}, {outer_axis, column.window + i}));
  }
  return out;
}

/// A is the weight, B is dy: the sum is over the window and the output's channels. A window
/// position that meets no element of dy adds zeros.
Product conv_input_grad(const Problem& p) {
  Product out;
  const Numbers &dy = p.a.sizes, &w = p.b.sizes;
  const size_t spatial = dy.size() - 2;
  const Numbers window = behind(w, 2), positions = behind(p.sizes, 2);
  const int64_t groups = p.window.groups;
  const auto channel = static_cast<unsigned>(spatial);  // the last digit of k
  out.is_swapped = out.is_grouped = true;
  out.batches = groups;
  out.rows = w[1];
  out.positions = count(positions);
  out.columns = dy[0] * out.positions;
  out.depth = w[0] / groups * count(window);
  out.a.digits[batch_axis] = out.b.digits[batch_axis] = {groups};
  out.a.digits[outer_axis] = {out.rows};
  out.b.digits[outer_axis] = joined({dy[0]}, positions);
  out.a.digits[k_axis] = out.b.digits[k_axis] = joined(window, {w[0] / groups});
  out.a.dims = {channels(w[0], groups, k_axis, channel), {w[1], {{outer_axis, 0}}}};
  out.b.dims = {{dy[0], {{outer_axis, 0}}}, channels(dy[1], groups, k_axis, channel)};
  for (unsigned i = 0; i < spatial; ++i) {
    out.a.dims.push_back({window[i], {{k_axis, i}}});
    out.b.dims.push_back({dy[i + 2],
                          {{outer_axis, i + 1}, {k_axis, i, -p.window.dilation[i]}},
                          p.window.padding[i],
                          true,
                          p.window.stride[i]});
  }
  return out;
}
}  // namespace

Product product_of(const Problem& p, bool channels_last) {
  switch (p.kind) {
    case Kind::conv: return conv(p, channels_last);
    case Kind::conv_input_grad: return conv_input_grad(p);
    case Kind::conv_weight_grad: return conv_weight_grad(p, channels_last);
    case Kind::matmul: break;
  }
  return matmul(p);
}
Product transposed(Product p) {
  std::swap(p.a, p.b);
  std::swap(p.rows, p.columns);
  p.is_swapped = !p.is_swapped;
  p.is_transposed = !p.is_transposed;
  return p;
}
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
