#include <cmath>

#include "tests/ops/op_case.h"

namespace torch {
namespace test {
namespace {
struct Pool {
  op::Dims input, window, stride, padding, dilation;
  bool ceil_mode = false;
};
// Side by side, overlapping, with gaps; padded; dilated; a last incomplete window; large ones.
const Pool pools[] = {
    {{6}, {2}, {2}, {0}, {1}},
    {{2, 5}, {3}, {1}, {1}, {1}},
    {{2, 4, 6}, {2, 2}, {2, 2}, {0, 0}, {1, 1}},
    {{1, 5, 5}, {3, 2}, {2, 1}, {1, 1}, {1, 1}},
    {{1, 6, 7}, {2, 2}, {3, 2}, {0, 1}, {2, 1}},
    {{2, 5, 6}, {2, 3}, {2, 2}, {0, 1}, {1, 1}, true},
    {{1, 3, 4, 4}, {2, 2, 2}, {1, 2, 2}, {0, 0, 1}, {1, 1, 1}},
    // Too many places to unroll.
    {{2, 9, 10}, {9, 8}, {1, 1}, {3, 4}, {1, 1}},
    {{2, 80}, {70}, {1}, {33}, {1}},
};

// For each window, in row-major order of the leading dims and windows, a position inside of it: as
// max_pool gives.
std::vector<double> positions(const Pool& p, const op::Dims& out) {
  const size_t n = p.window.size(), lead = p.input.size() - n;
  std::vector<double> all;
  int64_t count = 1, salt = 0;
  for (int64_t size : out) count *= size;
  for (int64_t o = 0; o < count; ++o) {
    op::Dims at(out.size());
    for (int64_t rest = o, d = static_cast<int64_t>(out.size()) - 1; d >= 0; rest /= out[d], --d)
      at[d] = rest % out[d];
    int64_t position = 0;
    for (size_t i = 0; i < n; ++i) {
      std::vector<int64_t> inside;
      for (int64_t w = 0; w < p.window[i]; ++w) {
        const int64_t x = at[lead + i] * p.stride[i] - p.padding[i] + w * p.dilation[i];
        if (x >= 0 && x < p.input[lead + i]) inside.push_back(x);
      }
      position = position * p.input[lead + i] +
                 inside[static_cast<size_t>(salt++ * 7 + o) % inside.size()];
    }
    all.push_back(static_cast<double>(position));
  }
  return all;
}
}  // namespace

void add_window_cases(std::vector<OpCase>& cases) {
  const Domain any = Domain::in(-2, 2);
  for (const Pool& p : pools) {
    const op::Dims sizes(p.input.end() - p.window.size(), p.input.end());
    const auto pooling =
        op::attrs::max_pool::pack(p.window, p.stride, p.padding, p.dilation, p.ceil_mode);
    const auto gradient =
        op::attrs::max_pool_grad::pack(p.window, p.stride, p.padding, p.dilation, sizes);
    const OpCase forward{op::Op::max_pool, {{f64(p.input), Domain::distinct()}}, pooling, {}, ""};
    cases.push_back({op::Op::max_pool,
                     {{f64(p.input), Domain::list({2, 1, 2, 2, -1})}},
                     pooling,
                     {},
                     "ties",
                     false});
    cases.push_back({op::Op::max_pool,
                     {{f64(p.input), Domain::list({2, NAN, 3, NAN, -1})}},
                     pooling,
                     {},
                     "nans",
                     false});
    const op::Type y = forward.graph().nodes[0].results[0];
    cases.push_back(forward);
    cases.push_back({op::Op::max_pool_grad,
                     {{y, any}, {i64(y.dims), Domain::list(positions(p, y.dims))}},
                     gradient,
                     {},
                     ""});
    cases.push_back({op::Op::window_sum, {{f64(p.input), any}}, pooling, {}, ""});
    cases.push_back({op::Op::window_sum_grad, {{y, any}}, gradient, {}, ""});
  }
}
}  // namespace test
}  // namespace torch
