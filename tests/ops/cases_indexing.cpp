#include "tests/ops/op_case.h"

namespace torch {
namespace test {

void add_indexing_cases(std::vector<OpCase>& cases) {
  const Domain any = Domain::in(-2, 2);
  struct Shape {
    op::Dims x, index;
    int64_t dim;
  };
  // Repeated indices; an index smaller than x in other dims; one index a row (whose gradient is a
  // map); empty.
  const Shape shapes[] = {{{5}, {4}, 0},       {{3, 4}, {3, 6}, 1}, {{3, 4}, {5, 4}, 0},
                          {{3, 4}, {2, 3}, 1}, {{3, 4}, {3, 1}, 1}, {{4, 3, 2}, {1, 3, 2}, 0},
                          {{3, 4}, {0, 4}, 0}};
  for (const Shape& s : shapes) {
    const auto attrs = op::attrs::gather::pack(s.dim);
    const Domain places = Domain::below(s.x[s.dim]);
    cases.push_back({op::Op::gather, {{f64(s.x), any}, {i64(s.index), places}}, attrs, {}, ""});
    cases.push_back({op::Op::scatter_add,
                     {{f64(s.x), any}, {i64(s.index), places}, {f64(s.index), any}},
                     attrs,
                     {},
                     ""});
    cases.push_back({op::Op::gather,
                     {{f64(s.x), any}, {{op::DType::Int, s.index}, places}},
                     attrs,
                     {},
                     "int indices"});
  }
  // No position twice: each row lists its own order.
  const auto at = Domain::list({2, 0, 3, 1});
  cases.push_back({op::Op::scatter,
                   {{f64({5}), any}, {i64({4}), at}, {f64({4}), any}},
                   op::attrs::scatter::pack(0),
                   {},
                   ""});
  cases.push_back({op::Op::scatter,
                   {{f64({3, 5}), any}, {i64({2, 4}), at}, {f64({2, 4}), any}},
                   op::attrs::scatter::pack(1),
                   {},
                   ""});
  for (op::Op op : {op::Op::scatter_mul, op::Op::scatter_max, op::Op::scatter_min})
    for (const Shape& s : shapes)
      cases.push_back({op,
                       {{f64(s.x), any}, {i64(s.index), Domain::below(s.x[s.dim])},
                        {f64(s.index), any}},
                       op::attrs::scatter::pack(s.dim),
                       {},
                       ""});
  for (bool descending : {false, true})
    for (int64_t count : {0, 2, 3}) {
      cases.push_back({op::Op::argsort,
                       {{f64({3, 4}), any}},
                       op::attrs::argsort::pack(0, descending, count),
                       {},
                       ""});
      cases.push_back({op::Op::argsort,
                       {{i64({2, 3, 2}), Domain::below(2)}},
                       op::attrs::argsort::pack(1, descending, count),
                       {},
                       "equal ones"});
    }
  for (int64_t dim : {0, 1}) {
    op::Dims src{3, 4};
    src[dim] = 6;
    const Domain places = Domain::below(dim == 0 ? 3 : 4);
    cases.push_back({op::Op::index_select,
                     {{f64({3, 4}), any}, {i64({6}), places}},
                     op::attrs::index_select::pack(dim),
                     {},
                     ""});
    cases.push_back({op::Op::index_add,
                     {{f64({3, 4}), any}, {i64({6}), places}, {f64(src), any}},
                     op::attrs::index_add::pack(dim),
                     {},
                     ""});
  }
  cases.push_back({op::Op::index_select,
                   {{f64({3, 4}), any}, {i64({0}), Domain::below(1)}},
                   op::attrs::index_select::pack(1),
                   {},
                   "none"});
}
}  // namespace test
}  // namespace torch
