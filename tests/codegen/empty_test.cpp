// Dims of size 0, in every position that an op lets be empty: both tiers give the same, be it
// values or an error.
#include <gtest/gtest.h>

#include <set>

#include "tests/codegen/tiers.h"
#include "tests/ops/variants.h"

namespace torch {
namespace test {
namespace {

struct Result {
  std::vector<Bytes> values;
  std::string error;
};
Result result_of(const op::Graph& graph, codegen::Tier tier, const std::vector<Bytes>& inputs) {
  try {
    return {run(graph, tier, inputs), ""};
  } catch (const runtime::ValueError& e) {
    return {{}, e.what()};
  }
}

void expect_equal_tiers(const OpCase& c) {
  SCOPED_TRACE(c.name());
  const op::Graph graph = c.graph();
  const std::vector<Bytes> inputs = draw_inputs(c.inputs, 3);
  const Result expected = result_of(graph, codegen::Tier::reference, inputs),
               got = result_of(graph, codegen::Tier::compile, inputs);
  EXPECT_EQ(expected.error, got.error);
  const op::Types types = op::output_types(graph);
  for (size_t o = 0; o < std::min(expected.values.size(), got.values.size()); ++o)
    EXPECT_EQ(difference(types[o], expected.values[o], got.values[o]), "")
        << "result " << o << " of " << op::to_string(types[o]);
}

class Empty : public testing::TestWithParam<op::Op> {};

TEST_P(Empty, BothTiersGiveTheSame) {
  std::set<std::string> tried;
  bool has_dims = false;
  for (const OpCase& c : op_cases()) {
    if (c.op != GetParam() || c.body) continue;
    for (const Input& i : c.inputs) has_dims |= i.type.rank() > 0;
    for (const OpCase& e : empty_variants(c))
      if (tried.insert(e.name()).second) expect_equal_tiers(e);
  }
  EXPECT_TRUE(!tried.empty() || !has_dims)
      << "no operand of " << op::name(GetParam()) << " may be empty";
}

INSTANTIATE_TEST_SUITE_P(Ops, Empty, testing::ValuesIn(ops_with_cases()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace
}  // namespace test
}  // namespace torch
