// For every case of tests/ops: the vjp against central differences in f64, and the vjp of the vjp.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "passes/autodiff/autodiff.h"
#include "passes/simplify/simplify.h"
#include "tests/passes/transform.h"

namespace torch {
namespace test {
namespace {

// A program under test and what it is tried with.
struct Program {
  op::Graph graph;
  std::vector<Input> inputs;
};

bool is_differentiated(const Input& i) { return op::is_float(i.type.dtype) && !i.fixed; }

op::Graph expand(const op::Graph& g) { return transform(g, mlir::weft::buildAutodiff); }
op::Graph expand_and_simplify(const op::Graph& g) {
  return transform(g, [](mlir::OpPassManager& pm) {
    mlir::weft::buildAutodiff(pm);
    mlir::weft::buildSimplify(pm);
  });
}

// The floating outputs of `p` become the cotangents of its differentiated inputs, which get a new input each: that of
// the outputs, appended. False when there is nothing to differentiate.
bool differentiate(Program& p) {
  op::Graph& g = p.graph;
  const std::vector<op::Type> types = output_types(g);
  const uint32_t old_inputs = static_cast<uint32_t>(g.inputs.size());
  std::vector<uint32_t> ys;
  std::vector<op::Type> dys;
  for (size_t i = 0; i < types.size(); ++i)
    if (op::is_float(types[i].dtype)) ys.push_back(g.outputs[i]), dys.push_back(types[i]);
  op::GraphNode node;
  node.op = op::Op::grad;
  node.attrs = op::attrs::grad::pack(static_cast<int64_t>(ys.size()));
  std::vector<uint32_t> wrt;
  for (uint32_t i = 0; i < p.inputs.size(); ++i)
    if (is_differentiated(p.inputs[i])) wrt.push_back(i), node.results.push_back(p.inputs[i].type);
  if (ys.empty() || wrt.empty()) return false;

  // Inputs come first: all other values move up.
  const uint32_t shift = static_cast<uint32_t>(dys.size());
  const auto moved = [&](uint32_t v) { return v < old_inputs ? v : v + shift; };
  for (op::GraphNode& n : g.nodes)
    for (uint32_t& v : n.operands) v = moved(v);
  for (uint32_t y : ys) node.operands.push_back(moved(y));
  for (uint32_t i = 0; i < shift; ++i) node.operands.push_back(old_inputs + i);
  node.operands.insert(node.operands.end(), wrt.begin(), wrt.end());
  for (const op::Type& t : dys) {
    g.inputs.push_back(t);
    p.inputs.push_back({t, Domain::in(-1, 1)});
  }
  uint32_t next = static_cast<uint32_t>(g.inputs.size());
  for (const op::GraphNode& n : g.nodes) next += static_cast<uint32_t>(n.results.size());
  g.outputs.clear();
  for (uint32_t i = 0; i < node.results.size(); ++i) g.outputs.push_back(next + i);
  g.nodes.push_back(std::move(node));
  return true;
}

// The sum over the floating outputs of output times weight.
double weighted(const op::Graph& g, const std::vector<Bytes>& inputs, const std::vector<Bytes>& weights) {
  const std::vector<Bytes> outputs = evaluate(g, inputs);
  const std::vector<op::Type> types = output_types(g);
  double total = 0;
  for (size_t i = 0, w = 0; i < types.size(); ++i) {
    if (!op::is_float(types[i].dtype)) continue;
    for (size_t k = 0; k < static_cast<size_t>(types[i].numel()); ++k)
      total += element(outputs[i], types[i].dtype, k) * element(weights[w], types[i].dtype, k);
    ++w;
  }
  return total;
}

// `function` and `gradient` (its expanded differentiate()) at the same numbers.
void compare(const std::string& name, const Program& function, const Program& gradient) {
  const std::vector<Bytes> all = draw_inputs(gradient.inputs, 11);
  std::vector<Bytes> inputs(all.begin(), all.begin() + static_cast<long>(function.inputs.size()));
  const std::vector<Bytes> weights(all.begin() + static_cast<long>(function.inputs.size()), all.end());
  const std::vector<Bytes> cotangents = evaluate(gradient.graph, all);
  bool narrow = false;
  for (const op::Type& t : output_types(function.graph)) narrow |= t.dtype == op::DType::Float;
  for (const Input& i : function.inputs) narrow |= i.type.dtype == op::DType::Float;
  const double step = narrow ? 0x1p-6 : 0x1p-17, tolerance = narrow ? 1e-3 : 1e-6;
  for (size_t i = 0, g = 0; i < function.inputs.size(); ++i) {
    if (!is_differentiated(function.inputs[i])) continue;
    const op::Type& type = function.inputs[i].type;
    for (size_t k = 0; k < static_cast<size_t>(type.numel()); ++k) {
      const double at = element(inputs[i], type.dtype, k);
      set_element(inputs[i], type.dtype, k, at + step);
      const double above = weighted(function.graph, inputs, weights);
      set_element(inputs[i], type.dtype, k, at - step);
      const double below = weighted(function.graph, inputs, weights);
      set_element(inputs[i], type.dtype, k, at);
      const double expected = (above - below) / (2 * step), got = element(cotangents[g], type.dtype, k);
      EXPECT_LE(std::fabs(got - expected), tolerance * (1 + std::fabs(expected)))
          << name << ": operand " << i << " element " << k << ": got " << got << ", expected " << expected;
      if (testing::Test::HasFailure()) return;
    }
    ++g;
  }
}

class Gradient : public testing::TestWithParam<size_t> {};

void check_case(const OpCase& c) {
  SCOPED_TRACE(c.name());
  const Program function{c.graph(), c.inputs};
  Program first = function;
  if (!differentiate(first)) return;
  Program second = first;
  first.graph = expand(first.graph);
  compare(c.name(), function, first);
  if (!differentiate(second)) return;
  second.graph = expand(second.graph);
  compare(c.name() + ", second order", first, second);
}

TEST(Gradients, EveryDifferentiableOpHasACase) {
  // Checked by tests of their own: cached in tests/passes/autodiff/cached.mlir; the others are no functions.
  const std::set<std::string> others = {"cached", "grad", "kernel", "yield"};
  std::set<op::Op> seen;
  for (const OpCase& c : op_cases()) {
    bool differentiated = false;
    for (const Input& i : c.inputs) differentiated |= is_differentiated(i);
    if (c.smooth && differentiated) seen.insert(c.op);
  }
  for (size_t i = 0; i < op::op_count(); ++i) {
    const op::Op op = static_cast<op::Op>(i);
    if (op::info(op).differentiable && !others.count(op::name(op)))
      EXPECT_TRUE(seen.count(op)) << op::name(op) << " has no case with a gradient in tests/ops";
  }
}

// One test an op.
class OpGradient : public testing::TestWithParam<op::Op> {};
TEST_P(OpGradient, IsTheCentralDifference) {
  for (const OpCase& c : op_cases())
    if (c.op == GetParam() && c.smooth) check_case(c);
}
TEST_P(OpGradient, IsTheSameSimplified) {
  for (const OpCase& c : op_cases()) {
    Program p{c.graph(), c.inputs};
    if (c.op != GetParam() || !differentiate(p) || !differentiate(p)) continue;
    const std::vector<Bytes> inputs = draw_inputs(p.inputs, 12);
    const op::Graph plain = expand(p.graph), simple = expand_and_simplify(p.graph);
    const std::vector<Bytes> a = evaluate(plain, inputs), b = evaluate(simple, inputs);
    const std::vector<op::Type> types = output_types(plain);
    for (size_t i = 0; i < a.size(); ++i) EXPECT_EQ(difference(types[i], a[i], b[i]), "") << c.name() << " output " << i;
  }
}

std::vector<op::Op> differentiable_ops() {
  std::set<op::Op> found;
  for (const OpCase& c : op_cases())
    if (op::info(c.op).differentiable) found.insert(c.op);
  return {found.begin(), found.end()};
}
INSTANTIATE_TEST_SUITE_P(Ops, OpGradient, testing::ValuesIn(differentiable_ops()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace
}  // namespace test
}  // namespace torch
