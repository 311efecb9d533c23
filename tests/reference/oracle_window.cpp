#include <cmath>
#include <limits>
#include <stdexcept>

#include "tests/reference/oracle_ops.h"

namespace torch {
namespace reference {
namespace {

/// Calls `f(pooled, position)` for every element of every window: flat positions in the pooled
/// tensor and in the whole one.
template <class Attributes, class F>
void for_windows(const Attributes& a, const op::Dims& whole, const op::Dims& pooled, F&& f) {
  const size_t n = a.window.size(), lead = whole.size() - n;
  for_each_index(pooled, [&](const Index& o, int64_t flat) {
    for_each_index(a.window, [&](const Index& k, int64_t) {
      Index at(o.begin(), o.begin() + static_cast<int64_t>(lead));
      for (size_t d = 0; d < n; ++d) {
        at.push_back(o[lead + d] * a.stride[d] - a.padding[d] + k[d] * a.dilation[d]);
        if (at.back() < 0 || at.back() >= whole[lead + d]) return;
      }
      f(static_cast<size_t>(flat), static_cast<size_t>(flat_index(whole, at)));
    });
  });
}
}  // namespace

void oracle_window(const op::GraphNode& node, const Operands& operands, Results& results) {
  const OracleTensor& x = *operands[0];
  OracleTensor& y = results[0];
  switch (node.op) {
    case op::Op::max_pool: {
      const op::attrs::max_pool a(node.attrs);
      int64_t image = 1;
      for (size_t d = x.type.rank() - a.window.size(); d < x.type.rank(); ++d)
        image *= x.type.dims[d];
      std::vector<bool> seen(y.values.size(), false);
      for_windows(a, x.type.dims, y.type.dims, [&](size_t o, size_t i) {
        const long double v = x.values[i], best = y.values[o];
        if (seen[o] && !(v > best) && !(std::isnan(v) && !std::isnan(best))) return;
        seen[o] = true;
        y.values[o] = v;
        results[1].values[o] = static_cast<long double>(static_cast<int64_t>(i) % image);
      });
      return;
    }
    case op::Op::max_pool_grad: {
      const op::attrs::max_pool_grad a(node.attrs);
      int64_t whole = 1, pooled = 1;
      for (size_t d = x.type.rank() - a.sizes.size(); d < x.type.rank(); ++d)
        pooled *= x.type.dims[d];
      for (int64_t s : a.sizes) whole *= s;
      for (size_t o = 0; o < x.values.size(); ++o) {
        const int64_t i =
            static_cast<int64_t>(o) / pooled * whole + static_cast<int64_t>(operands[1]->values[o]);
        y.values[static_cast<size_t>(i)] += x.values[o];
      }
      break;
    }
    case op::Op::window_sum:
      for_windows(op::attrs::window_sum(node.attrs), x.type.dims, y.type.dims,
                  [&](size_t o, size_t i) { y.values[o] += x.values[i]; });
      break;
    case op::Op::window_sum_grad:
      for_windows(op::attrs::window_sum_grad(node.attrs), y.type.dims, x.type.dims,
                  [&](size_t o, size_t i) { y.values[i] += x.values[o]; });
      break;
    default: throw std::invalid_argument(std::string("oracle: no window op ") + op::name(node.op));
  }
  for (long double& v : y.values) v = wrapped(v, y.type.dtype);
}
}  // namespace reference
}  // namespace torch
