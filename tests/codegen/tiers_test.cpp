// Every op of the table, in every dtype that it takes: compiled code gives the bits of the reference tier.
#include <gtest/gtest.h>

#include "codegen/compile/compile.h"
#include "tests/ops/op_case.h"

namespace torch {
namespace test {
namespace {

std::vector<Bytes> run(const op::Graph& graph, codegen::Tier tier, const std::vector<Bytes>& inputs) {
  auto executable = codegen::compile(graph, tier);
  std::vector<const void*> in;
  for (const Bytes& b : inputs) in.push_back(b.data());
  std::vector<Bytes> outputs;
  std::vector<void*> out;
  for (const op::Type& t : executable->output_types) outputs.emplace_back(t.bytes(), 0xa5);
  for (Bytes& b : outputs) out.push_back(b.data());
  executable->run(in.data(), out.data());
  return outputs;
}

void expect_equal_tiers(const OpCase& c, op::DType dtype) {
  SCOPED_TRACE(c.name() + " in " + op::dtype_name(dtype));
  op::Graph graph = c.graph();
  std::vector<Bytes> inputs = draw_inputs(c.inputs, 7);
  std::vector<Bytes> expected = run(graph, codegen::Tier::reference, inputs);
  std::vector<Bytes> got = run(graph, codegen::Tier::compile, inputs);
  ASSERT_EQ(expected.size(), got.size());
  for (size_t o = 0; o < got.size(); ++o) {
    const op::Type& type = graph.nodes.back().results[o];
    EXPECT_EQ(difference(type, expected[o], got[o]), "") << "result " << o << " of " << op::to_string(type);
  }
}

class Tiers : public testing::TestWithParam<size_t> {};

TEST_P(Tiers, EqualBits) {
  const OpCase& c = op_cases()[GetParam()];
  for (op::DType d : {op::DType::Double, op::DType::Float, op::DType::Int, op::DType::Long, op::DType::Byte,
                      op::DType::Bool})
    for (const OpCase& typed : retyped(c, d)) expect_equal_tiers(typed, d);
}

std::string test_name(const testing::TestParamInfo<size_t>& info) {
  return std::string(op::name(op_cases()[info.param].op)) + "_" + std::to_string(info.param);
}
INSTANTIATE_TEST_SUITE_P(Ops, Tiers, testing::Range<size_t>(0, op_cases().size()), test_name);
}  // namespace
}  // namespace test
}  // namespace torch
