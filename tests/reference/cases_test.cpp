// Every case of tests/ops against the oracle: in every element type that it takes, with 0-dim and
// empty operands, and with operands that are strided or expanded views.
#include "runtime/reference/reference.h"
#include "tests/ops/variants.h"
#include "tests/reference/compare.h"

namespace torch {
namespace reference {
namespace {
using test::Bytes;
using test::OpCase;

void expect_as_oracle(const std::string& name, const op::Graph& graph,
                      const std::vector<test::Input>& drawn) {
  SCOPED_TRACE(name);
  std::vector<HostTensor> inputs;
  std::vector<OracleTensor> values;
  const std::vector<Bytes> bytes = test::draw_inputs(drawn, 5);
  for (size_t i = 0; i < drawn.size(); ++i) {
    inputs.emplace_back(drawn[i].type);
    std::copy(bytes[i].begin(), bytes[i].end(), inputs.back().data<unsigned char>());
    values.push_back(inputs.back().values());
  }
  std::vector<OracleTensor> expected;
  try {
    expected = oracle(graph, values);
  } catch (const std::out_of_range&) {  // an index into what is empty
    EXPECT_THROW(run_reference(graph, inputs), runtime::ValueError);
    return;
  }
  const std::vector<HostTensor> got = run_reference(graph, inputs);
  for (size_t i = 0; i < got.size(); ++i) {
    // Sums end near zero: units in the last place of the largest.
    long double largest = 1;
    for (long double v : expected[i].values)
      if (std::isfinite(v)) largest = std::max(largest, std::fabs(v));
    expect_close(got[i], expected[i], 32, static_cast<double>(largest));
  }
}

void expect_layouts(const OpCase& c) {
  expect_as_oracle(c.name(), c.graph(), c.inputs);
  for (test::Layout layout : test::all_layouts) {
    const test::LaidOut laid = test::lay_out(c, layout, 5);
    expect_as_oracle(laid.name, laid.graph, laid.inputs);
  }
}

class Cases : public testing::TestWithParam<op::Op> {};
TEST_P(Cases, AreAsTheOracleSays) {
  for (const OpCase& c : test::op_cases()) {
    if (c.op != GetParam()) continue;
    std::vector<OpCase> all = test::scalar_variants(c);
    all.push_back(c);
    for (op::DType d : test::all_dtypes)
      for (OpCase& typed : test::retyped(c, d)) all.push_back(std::move(typed));
    for (const OpCase& one : all) expect_layouts(one);
    for (const OpCase& one : test::empty_variants(c))
      expect_as_oracle(one.name(), one.graph(), one.inputs);
  }
}
INSTANTIATE_TEST_SUITE_P(Ops, Cases, testing::ValuesIn(test::ops_with_cases()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace
}  // namespace reference
}  // namespace torch
