#include "tests/ops/op_case.h"

namespace torch {
namespace test {
namespace {
struct Shape {
  op::Dims sizes, dims;
};
// One dim, several groups, all; dims of size 1; a row, a column.
const Shape shapes[] = {{{5}, {0}},       {{2, 3}, {1}},       {{2, 3}, {0}},
                        {{2, 3, 4}, {1}}, {{2, 3, 4}, {0, 2}}, {{2, 3, 2}, {0, 1, 2}},
                        {{2, 1, 3}, {1}}, {{1, 3}, {0, 1}},    {{2, 1, 3}, {0, 2}},
                        {{1}, {0}}};
const Shape empty[] = {{{0}, {0}}, {{0, 3}, {0}}, {{2, 0}, {1}}};

op::Attrs over(const op::Dims& dims) { return op::attrs::sum::pack(dims); }
}  // namespace

void add_reduction_cases(std::vector<OpCase>& cases) {
  const Domain any = Domain::in(-2, 2), apart = Domain::distinct();
  for (const Shape& s : shapes) {
    for (op::Op reduction : {op::Op::sum, op::Op::mean, op::Op::prod})
      cases.push_back({reduction, {{f64(s.sizes), any}}, over(s.dims), {}, ""});
    for (op::Op reduction : {op::Op::max, op::Op::min})
      cases.push_back({reduction, {{f64(s.sizes), apart}}, over(s.dims), {}, ""});
    for (op::Op reduction : {op::Op::any, op::Op::all})
      cases.push_back({reduction, {{boolean(s.sizes), any}}, over(s.dims), {}, ""});
    for (op::Op reduction : {op::Op::argmax, op::Op::argmin})
      cases.push_back(
          {reduction, {{f64(s.sizes), any}}, op::attrs::argmax::pack(s.dims[0]), {}, ""});
  }
  for (const Shape& s : empty) {
    for (op::Op reduction : {op::Op::sum, op::Op::prod})
      cases.push_back({reduction, {{f64(s.sizes), any}}, over(s.dims), {}, "of nothing"});
    for (op::Op reduction : {op::Op::any, op::Op::all})
      cases.push_back({reduction, {{boolean(s.sizes), any}}, over(s.dims), {}, "of nothing"});
  }
  cases.push_back({op::Op::prod,
                   {{f64({2, 3}), Domain::list({1.5, 0, -2, 0.5, 3, 1})}},
                   over({1}),
                   {},
                   "one zero"});
  cases.push_back({op::Op::prod,
                   {{f64({2, 3}), Domain::list({0, 0, -2, 0.5, 3, 1})}},
                   over({1}),
                   {},
                   "two zeros"});
  cases.push_back({op::Op::prod,
                   {{f64({2, 3, 2}), Domain::list({0, 2, -2, 0.5, 3, 0, 1.5})}},
                   over({0, 2}),
                   {},
                   "zeros"});
}
}  // namespace test
}  // namespace torch
