// Every op of the table, in every dtype that it takes: compiled code gives the bits of the reference tier.
#include <gtest/gtest.h>

#include <cstring>

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
  std::vector<Bytes> inputs = draw_inputs(c, 7);
  std::vector<Bytes> expected = run(graph, codegen::Tier::reference, inputs);
  std::vector<Bytes> got = run(graph, codegen::Tier::compile, inputs);
  ASSERT_EQ(expected.size(), got.size());
  for (size_t o = 0; o < got.size(); ++o) {
    const op::Type& type = graph.nodes.back().results[o];
    for (size_t i = 0; i < static_cast<size_t>(type.numel()); ++i) {
      double e = element(expected[o], type.dtype, i), g = element(got[o], type.dtype, i);
      size_t bytes = op::dtype_bytes(type.dtype);
      bool same = !std::memcmp(&expected[o][i * bytes], &got[o][i * bytes], bytes) || (e != e && g != g);
      ASSERT_TRUE(same) << "result " << o << " element " << i << " of " << op::to_string(type) << ": reference " << e
                        << ", compiled " << g;
    }
  }
}

TEST(Tiers, EveryOpGivesEqualBits) {
  for (const OpCase& c : op_cases())
    for (op::DType d : {op::DType::Double, op::DType::Float, op::DType::Int, op::DType::Long, op::DType::Byte,
                        op::DType::Bool})
      for (const OpCase& typed : retyped(c, d)) {
        try {
          expect_equal_tiers(typed, d);
        } catch (const std::exception& e) {
          ADD_FAILURE() << typed.name() << " in " << op::dtype_name(d) << ": " << e.what();
        }
      }
}
}  // namespace
}  // namespace test
}  // namespace torch
