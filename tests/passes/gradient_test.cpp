// For every case of tests/ops: the vjp against central differences in f64, and the vjp of the vjp.
#include <set>

#include "runtime/executable/executable.h"
#include "tests/ops/variants.h"
#include "tests/passes/differentiated.h"

namespace torch {
namespace test {
namespace {

void check(const std::string& name, const Program& function) {
  SCOPED_TRACE(name);
  Program first = function;
  if (!differentiate(first)) return;
  Program second = first;
  first.graph = expand(first.graph);
  compare(name, function, first);
  if (!differentiate(second)) return;
  second.graph = expand(second.graph);
  compare(name + ", second order", first, second);
}

// What needs elements (an index into nothing) has no gradient either.
bool runs(const OpCase& c) {
  try {
    evaluate(c.graph(), draw_inputs(c.inputs, 11));
  } catch (const runtime::ValueError&) {
    return false;
  }
  return true;
}

// As it is, with strided and expanded operands, 0-dim and empty ones.
void check_case(const OpCase& c) {
  check(c.name(), {c.graph(), c.inputs});
  for (Layout layout : all_layouts) {
    const LaidOut laid = lay_out(c, layout, 11);
    check(laid.name, {laid.graph, laid.inputs});
  }
  for (const auto& variants : {scalar_variants(c), empty_variants(c)})
    for (const OpCase& v : variants)
      if (runs(v)) check(v.name(), {v.graph(), v.inputs});
}

TEST(Gradients, EveryDifferentiableOpHasACase) {
  // Checked by tests of their own: cached in tests/passes/autodiff/cached.mlir; the others are no
  // functions.
  const std::set<std::string> others = {"cached", "check_divisor", "check_index", "check_required",
                                        "grad",   "kernel",        "yield"};
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

INSTANTIATE_TEST_SUITE_P(Ops, OpGradient, testing::ValuesIn(differentiable_ops()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace
}  // namespace test
}  // namespace torch
