// Every op of the table, in every dtype that it takes: compiled code gives the bits of the
// reference tier, also on buffers that end at, and that start behind, an inaccessible page.
#include <gtest/gtest.h>

#include "tests/codegen/setting.h"
#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {

void expect_equal_tiers(const OpCase& c) {
  SCOPED_TRACE(c.name());
  op::Graph graph = c.graph();
  std::vector<Bytes> inputs = draw_inputs(c.inputs, 7);
  std::vector<Bytes> expected = run(graph, codegen::Tier::reference, inputs);
  for (auto guard : {Setting::Guard::off, Setting::Guard::end, Setting::Guard::start}) {
    const Setting setting{"native", 2, true, guard};
    const WithSetting in_force(setting);
    const std::vector<Bytes> got = run(graph, codegen::Tier::compile, inputs);
    ASSERT_EQ(expected.size(), got.size());
    for (size_t o = 0; o < got.size(); ++o) {
      const op::Type& type = graph.nodes.back().results[o];
      EXPECT_EQ(difference(type, expected[o], got[o]), "")
          << setting.name() << ": result " << o << " of " << op::to_string(type);
    }
  }
}

class Tiers : public testing::TestWithParam<size_t> {};

TEST_P(Tiers, EqualBits) {
  const OpCase& c = op_cases()[GetParam()];
  expect_equal_tiers(c);
  for (op::DType d : all_dtypes)
    for (const OpCase& typed : retyped(c, d)) expect_equal_tiers(typed);
}

std::string test_name(const testing::TestParamInfo<size_t>& info) {
  return std::string(op::name(op_cases()[info.param].op)) + "_" + std::to_string(info.param);
}
INSTANTIATE_TEST_SUITE_P(Ops, Tiers, testing::Range<size_t>(0, op_cases().size()), test_name);
}  // namespace
}  // namespace test
}  // namespace torch
