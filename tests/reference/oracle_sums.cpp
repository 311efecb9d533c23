#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "tests/reference/oracle_ops.h"

namespace torch {
namespace reference {
namespace {

using Number = long double;
using op::Op;

Number multiply(Number a, Number b, op::DType dtype) {
  if (op::is_float(dtype)) return a * b;
  return wrapped(
      static_cast<Number>(static_cast<int64_t>(static_cast<uint64_t>(static_cast<int64_t>(a)) *
                                               static_cast<uint64_t>(static_cast<int64_t>(b)))),
      dtype);
}

void reduce(const op::GraphNode& node, const OracleTensor& x, OracleTensor& y) {
  const op::Span<int64_t> reduced = op::attrs::sum(node.attrs).dims;
  std::vector<std::vector<Number>> groups(y.values.size());
  for_each_index(x.type.dims, [&](const Index& index, int64_t flat) {
    Index kept;
    for (size_t d = 0; d < index.size(); ++d)
      if (std::find(reduced.begin(), reduced.end(), static_cast<int64_t>(d)) == reduced.end())
        kept.push_back(index[d]);
    groups[static_cast<size_t>(flat_index(y.type.dims, kept))].push_back(x[flat]);
  });
  for (size_t i = 0; i < groups.size(); ++i) {
    Number acc = node.op == Op::prod || node.op == Op::all ? 1
                 : node.op == Op::max                      ? -INFINITY
                 : node.op == Op::min                      ? INFINITY
                                                           : 0;
    for (Number v : groups[i]) switch (node.op) {
        case Op::sum: case Op::mean: acc = wrapped(acc + v, x.type.dtype); break;
        case Op::prod: acc = multiply(acc, v, x.type.dtype); break;
        case Op::max: acc = std::isnan(acc) || acc > v ? acc : v; break;
        case Op::min: acc = std::isnan(acc) || acc < v ? acc : v; break;
        case Op::any: acc = acc != 0 || v != 0; break;
        default: acc = acc != 0 && v != 0; break;
      }
    y.values[i] = node.op == Op::mean ? acc / static_cast<Number>(groups[i].size()) : acc;
  }
}

void arg_extremum(const op::GraphNode& node, const OracleTensor& x, OracleTensor& y) {
  const size_t dim = static_cast<size_t>(op::attrs::argmax(node.attrs).dim);
  for_each_index(y.type.dims, [&](const Index& index, int64_t flat) {
    int64_t best = -1;
    Number value = 0;
    for (int64_t r = 0; r < x.type.dims[dim]; ++r) {
      Index at = index;
      at.insert(at.begin() + static_cast<int64_t>(dim), r);
      const Number v = x[flat_index(x.type.dims, at)];
      const bool better = std::isnan(v)           ? !std::isnan(value)
                          : node.op == Op::argmax ? v > value
                                                  : v < value;
      if (best < 0 || better) best = r, value = v;
    }
    y.values[static_cast<size_t>(flat)] = static_cast<Number>(best);
  });
}

void matmul(const OracleTensor& a, const OracleTensor& b, OracleTensor& y) {
  const size_t rank = y.type.rank();
  for_each_index(y.type.dims, [&](const Index& index, int64_t flat) {
    Number sum = 0;
    for (int64_t k = 0; k < a.type.dims[rank - 1]; ++k) {
      Index left = index, right = index;
      left[rank - 1] = k;
      right[rank - 2] = k;
      sum = wrapped(sum + multiply(a[flat_index(a.type.dims, left)],
                                   b[flat_index(b.type.dims, right)], y.type.dtype),
                    y.type.dtype);
    }
    y.values[static_cast<size_t>(flat)] = sum;
  });
}

/// Calls `f` with the flat positions in input, weight and output of every product of a convolution.
template <class Attributes, class F>
void for_products(const Attributes& a, const op::Dims& input, const op::Dims& weight,
                  const op::Dims& output, F&& f) {
  const size_t n = input.size() - 2;
  const int64_t in_group = weight[1], out_group = weight[0] / a.groups;
  for_each_index(output, [&](const Index& o, int64_t out_flat) {
    for_each_index(op::Span<int64_t>(weight.data() + 1, n + 1), [&](const Index& w, int64_t) {
      Index i{o[0], o[1] / out_group * in_group + w[0]}, at{o[1], w[0]};
      for (size_t d = 0; d < n; ++d) {
        i.push_back(o[2 + d] * a.stride[d] - a.padding[d] + w[1 + d] * a.dilation[d]);
        at.push_back(w[1 + d]);
        if (i.back() < 0 || i.back() >= input[2 + d]) return;
      }
      f(flat_index(input, i), flat_index(weight, at), out_flat);
    });
  });
}
}  // namespace

void oracle_sums(const op::GraphNode& node, const Operands& operands, Results& results) {
  OracleTensor& y = results[0];
  const OracleTensor& a = *operands[0];
  auto add = [&](int64_t to, Number v) { y.values[static_cast<size_t>(to)] += v; };
  switch (node.op) {
    case Op::argmax: case Op::argmin: return arg_extremum(node, a, y);
    case Op::matmul: return matmul(a, *operands[1], y);
    case Op::conv:
      return for_products(
          op::attrs::conv(node.attrs), a.type.dims, operands[1]->type.dims, y.type.dims,
          [&](int64_t i, int64_t w, int64_t o) { add(o, a[i] * (*operands[1])[w]); });
    case Op::conv_input_grad:
      return for_products(
          op::attrs::conv_input_grad(node.attrs), y.type.dims, operands[1]->type.dims, a.type.dims,
          [&](int64_t i, int64_t w, int64_t o) { add(i, a[o] * (*operands[1])[w]); });
    case Op::conv_weight_grad:
      return for_products(
          op::attrs::conv_weight_grad(node.attrs), operands[1]->type.dims, y.type.dims, a.type.dims,
          [&](int64_t i, int64_t w, int64_t o) { add(w, a[o] * (*operands[1])[i]); });
    default: return reduce(node, a, y);
  }
}
}  // namespace reference
}  // namespace torch
