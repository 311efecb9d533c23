#include "tests/ops/op_case.h"

namespace torch {
namespace test {
namespace {
struct Conv {
  op::Dims input, weight, stride, padding, dilation;
  int64_t groups = 1;
};
// 1 to 3 spatial dims; strided, padded, dilated, grouped, depthwise; input that the last window
// does not reach.
const Conv convolutions[] = {
    {{1, 1, 4}, {1, 1, 2}, {1}, {0}, {1}},
    {{2, 3, 5}, {4, 3, 3}, {2}, {1}, {1}},
    {{2, 2, 5, 4}, {3, 2, 3, 2}, {1, 1}, {1, 0}, {1, 1}},
    {{1, 2, 6, 7}, {2, 2, 3, 3}, {2, 3}, {1, 2}, {1, 1}},
    {{1, 2, 7, 6}, {2, 2, 2, 3}, {1, 2}, {0, 1}, {3, 2}},
    {{1, 4, 4, 4}, {6, 2, 2, 2}, {1, 1}, {0, 0}, {1, 1}, 2},
    {{2, 3, 4, 4}, {3, 1, 3, 3}, {2, 1}, {1, 1}, {1, 1}, 3},
    {{1, 2, 3, 3, 4}, {2, 2, 2, 2, 2}, {1, 2, 1}, {0, 1, 0}, {1, 1, 2}},
};
}  // namespace

void add_contraction_cases(std::vector<OpCase>& cases) {
  const Domain any = Domain::in(-2, 2);
  for (auto [a, b] : {std::pair<op::Dims, op::Dims>{{2, 3}, {3, 4}},
                      {{1, 1}, {1, 1}},
                      {{1, 5}, {5, 1}},
                      {{2, 0}, {0, 3}},
                      {{0, 2}, {2, 3}},
                      {{2, 2, 3}, {2, 3, 2}},
                      {{2, 1, 2, 3}, {2, 1, 3, 2}}})
    cases.push_back({op::Op::matmul, {{f64(a), any}, {f64(b), any}}, {}, {}, ""});
  for (const Conv& c : convolutions) {
    OpCase forward{op::Op::conv, {{f64(c.input), any}, {f64(c.weight), any}},
                   op::attrs::conv::pack(c.stride, c.padding, c.dilation, c.groups), {}, ""};
    const op::Type y = forward.graph().nodes[0].results[0];
    const op::Dims input(c.input.begin() + 2, c.input.end()),
        window(c.weight.begin() + 2, c.weight.end());
    cases.push_back(forward);
    cases.push_back(
        {op::Op::conv_input_grad,
         {{y, any}, {f64(c.weight), any}},
         op::attrs::conv_input_grad::pack(c.stride, c.padding, c.dilation, c.groups, input),
         {},
         ""});
    cases.push_back(
        {op::Op::conv_weight_grad,
         {{y, any}, {f64(c.input), any}},
         op::attrs::conv_weight_grad::pack(c.stride, c.padding, c.dilation, c.groups, window),
         {},
         ""});
  }
}
}  // namespace test
}  // namespace torch
