// Every op of the table with operands that are 0-dim, strided and expanded views, which kernels
// read as access maps: compiled code gives the bits of the reference tier.
#include <gtest/gtest.h>

#include <set>

#include "tests/codegen/setting.h"
#include "tests/codegen/tiers.h"
#include "tests/ops/variants.h"

namespace torch {
namespace test {
namespace {

void expect_equal_tiers(const LaidOut& laid) {
  SCOPED_TRACE(laid.name);
  const std::vector<Bytes> inputs = draw_inputs(laid.inputs, 7);
  const std::vector<Bytes> expected = run(laid.graph, codegen::Tier::reference, inputs);
  const WithSetting in_force(Setting{"native", 2, true, Setting::Guard::end});
  const std::vector<Bytes> got = run(laid.graph, codegen::Tier::compile, inputs);
  const op::Types types = op::output_types(laid.graph);
  for (size_t o = 0; o < types.size(); ++o)
    EXPECT_EQ(difference(types[o], expected[o], got[o]), "")
        << "result " << o << " of " << op::to_string(types[o]);
}

// The case in another type that its op takes; which one, changes from turn to turn.
std::vector<OpCase> in_another_type(const OpCase& c, size_t turn) {
  for (size_t i = 0; i < std::size(all_dtypes); ++i)
    for (const OpCase& other : retyped(c, all_dtypes[(turn + i) % std::size(all_dtypes)]))
      if (other.name() != c.name()) return {other};
  return {};
}

class Layouts : public testing::TestWithParam<op::Op> {};

// Compiling takes the time: a case has one layout, in another type the other one.
TEST_P(Layouts, EqualBits) {
  size_t turn = 0;
  std::set<std::string> tried;
  const auto once = [&](const OpCase& c, Layout layout) {
    const LaidOut laid = lay_out(c, layout, 7);
    if (tried.insert(laid.name).second) expect_equal_tiers(laid);
  };
  for (const OpCase& c : op_cases()) {
    if (c.op != GetParam()) continue;
    const bool even = turn++ % 2 == 0;
    once(c, even ? Layout::strided : Layout::expanded);
    for (const OpCase& other : in_another_type(c, turn))
      once(other, even ? Layout::expanded : Layout::strided);
    for (const OpCase& scalar : scalar_variants(c)) once(scalar, Layout::strided);
  }
}
INSTANTIATE_TEST_SUITE_P(Ops, Layouts, testing::ValuesIn(ops_with_cases()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace
}  // namespace test
}  // namespace torch
