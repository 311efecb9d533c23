#include "tests/ops/op_case.h"

namespace torch {
namespace test {
namespace {
const Domain any = Domain::in(-2, 2);

// A start as an operand.
Input start(double at) { return {i64(), Domain::list({at})}; }

OpCase slice(op::Dims x, op::Dims starts, op::Dims sizes, op::Dims steps) {
  OpCase c{op::Op::slice, {{f64(x), any}}, op::attrs::slice::pack(sizes, steps), {}, ""};
  for (int64_t s : starts) c.inputs.push_back(start(static_cast<double>(s)));
  return c;
}
OpCase insert(op::Dims x, op::Dims update, op::Dims starts, op::Dims steps) {
  OpCase c{
      op::Op::insert, {{f64(x), any}, {f64(update), any}}, op::attrs::insert::pack(steps), {}, ""};
  for (int64_t s : starts) c.inputs.push_back(start(static_cast<double>(s)));
  return c;
}
OpCase concat(std::vector<op::Dims> parts, int64_t dim) {
  OpCase c{op::Op::concat, {}, op::attrs::concat::pack(dim), {}, ""};
  for (op::Dims& part : parts) c.inputs.push_back({f64(part), any});
  return c;
}
}  // namespace

void add_view_cases(std::vector<OpCase>& cases) {
  const auto view = [&](op::Op op, op::Dims x, op::Attrs attrs) {
    cases.push_back({op, {{f64(std::move(x)), any}}, std::move(attrs), {}, ""});
  };
  for (auto [from, to] : {std::pair<op::Dims, op::Dims>{{2, 3}, {3, 2}},
                          {{6}, {1, 2, 3}},
                          {{}, {1, 1}},
                          {{0, 3}, {5, 0}}})
    view(op::Op::reshape, from, op::attrs::reshape::pack(to));
  view(op::Op::permute, {2, 3}, op::attrs::permute::pack({1, 0}));
  view(op::Op::permute, {2, 3, 4}, op::attrs::permute::pack({2, 0, 1}));
  view(op::Op::permute, {}, op::attrs::permute::pack({}));
  for (auto [from, to] : {std::pair<op::Dims, op::Dims>{{}, {2, 3}},
                          {{3}, {2, 3}},
                          {{2, 1}, {2, 3}},
                          {{1, 3}, {4, 1, 3}},
                          {{1}, {0}}})
    view(op::Op::expand, from, op::attrs::expand::pack(to));
  view(op::Op::flip, {5}, op::attrs::flip::pack({0}));
  view(op::Op::flip, {2, 3, 2}, op::attrs::flip::pack({0, 2}));

  cases.push_back(slice({5}, {1}, {3}, {1}));
  cases.push_back(slice({5, 6}, {1, 0}, {2, 3}, {2, 2}));
  cases.push_back(slice({5, 6}, {0, 5}, {5, 1}, {1, 1}));
  cases.push_back(slice({4}, {2}, {0}, {1}));
  // Whole vectors and a rest, of every second to fifth.
  for (int64_t step : {2, 3, 4, 5})
    cases.push_back(slice({2, 75 * step}, {0, 1}, {2, 74}, {1, step}));
  cases.push_back(insert({5}, {3}, {1}, {1}));
  cases.push_back(insert({5, 6}, {2, 3}, {1, 0}, {2, 2}));
  cases.push_back(insert({5, 6}, {5, 1}, {0, 5}, {1, 1}));
  cases.push_back(insert({4}, {0}, {2}, {1}));

  const auto pad = [&](op::Dims x, op::Dims low, op::Dims high, op::Dims interior) {
    cases.push_back({op::Op::pad,
                     {{f64(x), any}, {f64(), any}},
                     op::attrs::pad::pack(low, high, interior),
                     {},
                     ""});
  };
  pad({3}, {1}, {2}, {0});
  pad({2, 3}, {0, 1}, {1, 0}, {0, 2});
  pad({0, 2}, {1, 0}, {2, 0}, {3, 0});
  pad({2, 2}, {0, 0}, {0, 0}, {1, 1});
  cases.push_back(concat({{3}}, 0));
  cases.push_back(concat({{2, 3}, {1, 3}, {0, 3}, {2, 3}}, 0));
  cases.push_back(concat({{2, 1, 2}, {2, 3, 2}}, 1));
}
}  // namespace test
}  // namespace torch
