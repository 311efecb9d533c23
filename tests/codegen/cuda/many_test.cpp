// Launches of one kernel that stand beside each other, the updates of parameters say, are one launch.
#include <gtest/gtest.h>

#include "runtime/cuda/emulate/emulate.h"
#include "runtime/trace/knobs.h"
#include "tests/codegen/cuda/device.h"
#include "tests/codegen/cuda/small_program.h"
#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {
using op::DType;

// w - rate * dw for each of `sizes`.
SmallProgram updates(const std::vector<op::Dims>& sizes) {
  SmallProgram p;
  std::vector<uint32_t> weights, gradients;
  for (const op::Dims& s : sizes) weights.push_back(p.input(DType::Float, s));
  for (const op::Dims& s : sizes) gradients.push_back(p.input(DType::Float, s));
  const uint32_t rate = p.input(DType::Float, {});
  for (size_t i = 0; i < sizes.size(); ++i)
    p.graph.outputs.push_back(
        p.add(op::Op::sub, {weights[i], p.add(op::Op::mul, {gradients[i], rate})}));
  return p;
}

// As so many kernels of the driver, where they are counted.
std::vector<Bytes> run_counted(const op::Graph& graph, const std::vector<Bytes>& inputs,
                               uint64_t kernels) {
  const uint64_t before = runtime::cuda::emulate::calls().kernels;
  std::vector<Bytes> outputs = run_on_gpu(graph, inputs);
  if (runtime::knobs().cuda == runtime::Knobs::Cuda::emulate) {
    EXPECT_EQ(runtime::cuda::emulate::calls().kernels - before, kernels);
  }
  return outputs;
}

TEST(Many, UpdatesAreOneLaunch) {
  const std::vector<op::Dims> sizes = {{40, 36}, {8}, {3, 100}, {1024}, {5, 5, 4}, {64, 64}};
  const SmallProgram p = updates(sizes);
  const op::Graph& graph = p.graph;
  const std::vector<Bytes> inputs = draw_inputs(p.inputs, 5);
  const std::vector<Bytes> expected = run(graph, codegen::Tier::reference, inputs);
  const std::vector<Bytes> got = run_counted(graph, inputs, 1);
  for (size_t o = 0; o < sizes.size(); ++o)
    EXPECT_EQ(difference({DType::Float, sizes[o]}, expected[o], got[o]), "") << "update " << o;
}

// More than a table takes.
TEST(Many, MoreThanATable) {
  const std::vector<op::Dims> sizes(150, op::Dims{7, 12});
  const SmallProgram p = updates(sizes);
  const op::Graph& graph = p.graph;
  const std::vector<Bytes> inputs = draw_inputs(p.inputs, 5);
  const std::vector<Bytes> expected = run(graph, codegen::Tier::reference, inputs);
  const std::vector<Bytes> got = run_counted(graph, inputs, 3);
  for (size_t o = 0; o < sizes.size(); ++o)
    EXPECT_EQ(difference({DType::Float, sizes[o]}, expected[o], got[o]), "") << "update " << o;
}
}  // namespace
}  // namespace test
}  // namespace torch
