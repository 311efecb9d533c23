// For every case of tests/ops: the vjp against central differences in f64, and the vjp of the vjp.
#include <set>

#include "tests/passes/differentiated.h"

namespace torch {
namespace test {
namespace {

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
  // Checked by tests of their own: cached in tests/passes/autodiff/cached.mlir; the others are no
  // functions.
  const std::set<std::string> others = {"cached", "check_divisor", "check_index", "grad", "kernel", "yield"};
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
    for (size_t i = 0; i < a.size(); ++i)
      EXPECT_EQ(difference(types[i], a[i], b[i]), "") << c.name() << " output " << i;
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
