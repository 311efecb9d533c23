// Every op of the table on a GPU: the kernels that are made for it give what the reference tier
// gives: the same bits, but for reductions and products, whose sums have another order there.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/codegen/cuda/device.h"
#include "tests/codegen/tiers.h"
#include "tests/ops/variants.h"
#include "tests/passes/differentiated.h"

namespace torch {
namespace test {
namespace {

// Whether sums have another order.
bool sums(const op::Graph& graph) {
  for (const op::GraphNode& node : graph.nodes) {
    const op::Family family = op::info(node.op).family;
    if (family == op::Family::reduction || family == op::Family::contraction ||
        node.op == op::Op::grad || (node.body && sums(*node.body)))
      return true;
  }
  return false;
}

void expect_equal(const std::string& name, const op::Graph& graph, const std::vector<Input>& what) {
  SCOPED_TRACE(name);
  const std::vector<Bytes> inputs = draw_inputs(what, 7);
  const std::vector<Bytes> expected = run(graph, codegen::Tier::reference, inputs);
  const std::vector<Bytes> got = run_on_gpu(graph, inputs);
  const op::Types types = op::output_types(graph);
  const bool rounds = sums(graph);
  for (size_t o = 0; o < types.size(); ++o)
    EXPECT_EQ(rounds ? far(types[o], expected[o], got[o], tolerance(types[o].dtype))
                     : difference(types[o], expected[o], got[o]),
              "")
        << "result " << o << " of " << op::to_string(types[o]);
}

class Ops : public testing::TestWithParam<op::Op> {};

// Making kernels takes the time: a case as it is, in one other type, and in one layout.
TEST_P(Ops, LikeTheReference) {
  size_t turn = 0;
  std::set<std::string> tried;
  auto once = [&](const std::string& name, const op::Graph& graph,
                  const std::vector<Input>& inputs) {
    if (tried.insert(name).second) expect_equal(name, graph, inputs);
  };
  for (const OpCase& c : op_cases()) {
    if (c.op != GetParam()) continue;
    ++turn;
    once(c.name(), c.graph(), c.inputs);
    for (size_t i = 0; i < std::size(all_dtypes); ++i) {
      const op::DType dtype = all_dtypes[(turn + i) % std::size(all_dtypes)];
      const std::vector<OpCase> others = retyped(c, dtype);
      if (others.empty()) continue;
      const LaidOut laid = lay_out(others[0], turn % 2 ? Layout::strided : Layout::expanded, 7);
      once(laid.name, laid.graph, laid.inputs);
      break;
    }
    for (const OpCase& scalar : scalar_variants(c))
      once(scalar.name(), scalar.graph(), scalar.inputs);
  }
}
INSTANTIATE_TEST_SUITE_P(Ops, Ops, testing::ValuesIn(ops_with_cases()),
                         [](const auto& info) { return std::string(op::name(info.param)); });

class Gradients : public testing::TestWithParam<op::Op> {};

TEST_P(Gradients, LikeTheReference) {
  size_t turn = 0;
  for (const OpCase& c : op_cases()) {
    if (c.op != GetParam()) continue;
    const bool twice = turn++ % 2 == 0;
    Program p{c.graph(), c.inputs};
    if (!differentiate(p)) continue;
    if (twice) differentiate(p);
    expect_equal(c.name() + ", gradient", p.graph, p.inputs);
  }
}
INSTANTIATE_TEST_SUITE_P(Ops, Gradients, testing::ValuesIn(differentiable_ops()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace
}  // namespace test
}  // namespace torch
