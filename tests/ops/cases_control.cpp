#include "ir/op/requirement.h"
#include "tests/ops/op_case.h"

namespace torch {
namespace test {
namespace {
const Domain any = Domain::in(-1, 1);

// Writes a body: values are numbered as they come.
struct Body {
  std::shared_ptr<op::Graph> graph = std::make_shared<op::Graph>();
  std::vector<op::Type> values;

  Body(std::vector<op::Type> inputs) : values(inputs) {
    graph->inputs = std::move(inputs);
    graph->locations.push_back({"body.cpp", 1, ""});
  }
  uint32_t operator()(op::Op op, std::vector<uint32_t> operands, op::Attrs attrs = {}) {
    std::vector<const op::Type*> types;
    for (uint32_t v : operands) types.push_back(&values[v]);
    op::GraphNode node;
    node.op = op;
    op::infer(op, {types.data(), types.size()}, attrs, node.results);
    node.operands = std::move(operands);
    node.attrs = std::move(attrs);
    values.push_back(node.results[0]);
    graph->nodes.push_back(std::move(node));
    return static_cast<uint32_t>(values.size() - 1);
  }
};

OpCase scan(std::vector<Input> inputs, int64_t carried, int64_t stacked, bool reverse, Body body,
            std::vector<uint32_t> outputs, const char* note) {
  body.graph->outputs = std::move(outputs);
  return {op::Op::scan, std::move(inputs), op::attrs::scan::pack(carried, stacked, reverse),
          body.graph, note};
}

void add_scans(std::vector<OpCase>& cases, int64_t steps, bool reverse) {
  {
    Body b({f64({3}), f64({3})});
    const uint32_t sum = b(op::Op::add, {0, 1});
    cases.push_back(scan({{f64({3}), any}, {f64({steps, 3}), any}}, 1, 1, reverse, b, {sum, sum},
                         "cumulative sum"));
  }
  {
    // h' = tanh(x w + h u + b): gradients of w, u and b are summed behind the loop.
    Body b({f64({2, 3}), f64({2, 4}), f64({4, 3}), f64({3, 3}), f64({3})});
    const uint32_t xw = b(op::Op::matmul, {1, 2});
    const uint32_t hu = b(op::Op::matmul, {0, 3});
    const uint32_t h = b(op::Op::tanh, {b(op::Op::add, {b(op::Op::add, {xw, hu}), 4})});
    cases.push_back(scan({{f64({2, 3}), any},
                          {f64({steps, 2, 4}), any},
                          {f64({4, 3}), any},
                          {f64({3, 3}), any},
                          {f64({3}), any}},
                         1, 1, reverse, b, {h, h}, "recurrent layer"));
  }
  {
    // Two states, an output that is neither, a captured value whose gradient is carried along, a
    // transposed weight.
    Body b({f64({2}), f64({2, 2}), f64({2, 2}), f64({2}), f64({2, 2})});
    const uint32_t scaled = b(op::Op::mul, {0, 3});
    const uint32_t weight = b(op::Op::permute, {4}, op::attrs::permute::pack({1, 0}));
    const uint32_t product = b(op::Op::matmul, {b(op::Op::mul, {1, 2}), weight});
    const uint32_t state = b(op::Op::sin, {b(op::Op::add, {product, scaled})});
    const uint32_t row = b(op::Op::sum, {state}, op::attrs::sum::pack({0}));
    const uint32_t out = b(op::Op::mul, {b(op::Op::exp, {row}), 3});
    cases.push_back(scan({{f64({2}), any},
                          {f64({2, 2}), any},
                          {f64({steps, 2, 2}), any},
                          {f64({2}), any},
                          {f64({2, 2}), any}},
                         2, 1, reverse, b, {row, state, out}, "two states"));
  }
  {
    // A weight and a bias that a step uses twice, the weight once transposed, once negative.
    Body b({f64({2, 3}), f64({2, 3}), f64({3, 3}), f64({3})});
    const uint32_t transposed = b(op::Op::permute, {2}, op::attrs::permute::pack({1, 0}));
    const uint32_t left = b(op::Op::add, {b(op::Op::matmul, {1, b(op::Op::neg, {2})}), 3});
    const uint32_t right = b(op::Op::sub, {b(op::Op::matmul, {0, transposed}), 3});
    const uint32_t h = b(op::Op::add, {b(op::Op::tanh, {left}), b(op::Op::sin, {right})});
    cases.push_back(
        scan({{f64({2, 3}), any}, {f64({steps, 2, 3}), any}, {f64({3, 3}), any}, {f64({3}), any}},
             1, 1, reverse, b, {h}, "shared weight"));
  }
  {
    Body b({f64({1, 2, 4}), f64({1, 2, 4}), f64({2, 2, 3})});
    const uint32_t y =
        b(op::Op::conv, {0, 2}, op::attrs::conv::pack(op::Dims{1}, op::Dims{1}, op::Dims{1}, 1));
    const uint32_t h = b(op::Op::tanh, {b(op::Op::add, {y, 1})});
    cases.push_back(
        scan({{f64({1, 2, 4}), any}, {f64({steps, 1, 2, 4}), any}, {f64({2, 2, 3}), any}}, 1, 1,
             reverse, b, {h}, "convolution"));
  }
  {
    // A loop in a loop: the inner one runs over the columns of a step.
    Body inner({f64({2}), f64({2}), f64({2})});
    inner.graph->outputs = {
        inner(op::Op::sin, {inner(op::Op::add, {inner(op::Op::mul, {0, 2}), 1})})};
    Body b({f64({2}), f64({3, 2}), f64({2})});
    op::GraphNode loop;
    loop.op = op::Op::scan;
    loop.operands = {0, 1, 2};
    loop.attrs = op::attrs::scan::pack(1, 1, false);
    loop.body = inner.graph;
    loop.results = {f64({2})};
    b.graph->nodes.push_back(loop);
    b.values.push_back(f64({2}));
    const uint32_t h = b(op::Op::mul, {3, 2});
    cases.push_back(scan({{f64({2}), any}, {f64({steps, 3, 2}), any}, {f64({2}), any}}, 1, 1,
                         reverse, b, {h, 3}, "nested"));
  }
}
}  // namespace

void add_control_cases(std::vector<OpCase>& cases) {
  cases.push_back({op::Op::cached, {{f64({2, 3}), any}, {f64({2, 3}), any}}, {}, {}, "", false});
  cases.push_back({op::Op::detach, {{f64({2, 3}), any}}, {}, {}, ""});
  for (const op::Requirement what : {op::Requirement::target_class, op::Requirement::chance})
    cases.push_back({op::Op::require,
                     {{f64({2, 3}), any}, {{op::DType::Bool, {2, 3}}, Domain::list({1})}},
                     op::attrs::require::pack(static_cast<int64_t>(what)),
                     {},
                     ""});
  add_scans(cases, 3, false);
  add_scans(cases, 3, true);
  add_scans(cases, 1, false);
  add_scans(cases, 0, false);
}
}  // namespace test
}  // namespace torch
