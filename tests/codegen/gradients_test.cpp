// The gradients of every op of the table, first and second order, of plain, strided and expanded
// operands: compiled code gives the bits of the reference tier. (What they are:
// tests/passes/gradient_test.)
#include <gtest/gtest.h>

#include "tests/codegen/setting.h"
#include "tests/codegen/tiers.h"
#include "tests/ops/variants.h"
#include "tests/passes/differentiated.h"

namespace torch {
namespace test {
namespace {

void expect_equal_tiers(const std::string& name, const Program& p) {
  SCOPED_TRACE(name);
  const std::vector<Bytes> inputs = draw_inputs(p.inputs, 9);
  const std::vector<Bytes> expected = run(p.graph, codegen::Tier::reference, inputs);
  const WithSetting in_force(Setting{"native", 2, true, Setting::Guard::end});
  const std::vector<Bytes> got = run(p.graph, codegen::Tier::compile, inputs);
  const op::Types types = op::output_types(p.graph);
  for (size_t o = 0; o < types.size(); ++o)
    EXPECT_EQ(difference(types[o], expected[o], got[o]), "") << "gradient " << o;
}

class Gradients : public testing::TestWithParam<op::Op> {};

TEST_P(Gradients, EqualBits) {
  size_t turn = 0;
  for (const OpCase& c : op_cases()) {
    if (c.op != GetParam()) continue;
    // The first layout, the second, none, in turn; of every second the second order, too.
    const bool twice = turn % 2 == 0;
    Program p{c.graph(), c.inputs};
    std::string name = c.name();
    if (const size_t layout = turn++ % 3; layout < std::size(all_layouts)) {
      LaidOut laid = lay_out(c, all_layouts[layout], 9);
      p = {std::move(laid.graph), std::move(laid.inputs)};
      name = laid.name;
    }
    if (!differentiate(p)) continue;
    expect_equal_tiers(name, p);
    if (twice && differentiate(p)) expect_equal_tiers(name + ", second order", p);
  }
}
INSTANTIATE_TEST_SUITE_P(Ops, Gradients, testing::ValuesIn(differentiable_ops()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace
}  // namespace test
}  // namespace torch
