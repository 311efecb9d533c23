// Launches of one kernel that stand beside each other, the updates of parameters say, are one launch.
#include <gtest/gtest.h>

#include "tests/codegen/cuda/device.h"
#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {
using op::DType;

// w - rate * dw for each of `sizes`.
op::Graph updates(const std::vector<op::Dims>& sizes) {
  op::Graph g;
  g.locations.push_back({"many.cpp", 1, ""});
  const uint32_t count = static_cast<uint32_t>(sizes.size()), rate = 2 * count;
  for (int copy = 0; copy < 2; ++copy)
    for (const op::Dims& s : sizes) g.inputs.push_back({DType::Float, s});
  g.inputs.push_back({DType::Float, {}});
  auto add = [&](op::Op which, std::vector<uint32_t> operands, const op::Dims& s) {
    g.nodes.push_back(
        {which, std::move(operands), {}, {op::Type(DType::Float, s)}, 0, false, nullptr});
    return rate + static_cast<uint32_t>(g.nodes.size());
  };
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t step = add(op::Op::mul, {count + i, rate}, sizes[i]);
    g.outputs.push_back(add(op::Op::sub, {i, step}, sizes[i]));
  }
  return g;
}

TEST(Many, UpdatesAreOneLaunch) {
  const std::vector<op::Dims> sizes = {{40, 36}, {8}, {3, 100}, {1024}, {5, 5, 4}, {64, 64}};
  const op::Graph graph = updates(sizes);
  std::vector<Input> what;
  for (const op::Type& t : graph.inputs) what.push_back({t, Domain::in(-1, 1)});
  const std::vector<Bytes> inputs = draw_inputs(what, 5);
  const std::vector<Bytes> expected = run(graph, codegen::Tier::reference, inputs);
  const auto executable = codegen::compile(graph, codegen::Tier::compile, {kGpu});
  EXPECT_EQ(executable->summary.kernels, 6);
  EXPECT_EQ(executable->summary.launches, 1);
  const std::vector<Bytes> got = run_on_gpu(graph, inputs);
  for (size_t o = 0; o < sizes.size(); ++o)
    EXPECT_EQ(difference({DType::Float, sizes[o]}, expected[o], got[o]), "") << "update " << o;
}

// More than a table takes.
TEST(Many, MoreThanATable) {
  const std::vector<op::Dims> sizes(150, op::Dims{7, 12});
  const op::Graph graph = updates(sizes);
  std::vector<Input> what;
  for (const op::Type& t : graph.inputs) what.push_back({t, Domain::in(-1, 1)});
  const std::vector<Bytes> inputs = draw_inputs(what, 5);
  const std::vector<Bytes> expected = run(graph, codegen::Tier::reference, inputs);
  const std::vector<Bytes> got = run_on_gpu(graph, inputs);
  for (size_t o = 0; o < sizes.size(); ++o)
    EXPECT_EQ(difference({DType::Float, sizes[o]}, expected[o], got[o]), "") << "update " << o;
}
}  // namespace
}  // namespace test
}  // namespace torch
