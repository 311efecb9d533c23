// Launches beside each other: the bits stay, whatever the number of threads; memory hardly grows;
// what is updated is updated in place.
#include <gtest/gtest.h>

#include "runtime/cpu/thread_pool.h"
#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {

/// Adds nodes of one result to a graph.
struct Builder {
  op::Graph graph;
  explicit Builder(std::vector<op::Type> inputs) {
    graph.locations.push_back({"schedule.cpp", 1, ""});
    graph.inputs = std::move(inputs);
  }
  uint32_t add(op::Op which, std::vector<uint32_t> operands, const op::Type& type) {
    graph.nodes.push_back({which, std::move(operands), {}, {type}, 0, false, nullptr});
    return static_cast<uint32_t>(graph.inputs.size() + graph.nodes.size() - 1);
  }
};
std::vector<Bytes> drawn(const op::Graph& graph) {
  std::vector<Input> inputs;
  for (const op::Type& type : graph.inputs) inputs.push_back({type, Domain::in(-1, 1)});
  return draw_inputs(inputs, 3);
}

/// Of each of `n` x: y = x w, z = exp(y), and (z w, y x): small products and maps, and one that
/// needs both.
op::Graph towers(uint32_t n) {
  const op::Type square = f32({64, 64});
  Builder b(std::vector<op::Type>(n + 1, square));
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t y = b.add(op::Op::matmul, {i, n}, square),
                   z = b.add(op::Op::exp, {b.add(op::Op::add, {y, i}, square)}, square);
    b.graph.outputs.push_back(b.add(op::Op::matmul, {z, n}, square));
    b.graph.outputs.push_back(b.add(op::Op::matmul, {y, i}, square));
  }
  return b.graph;
}

TEST(Schedule, TheSameBitsWithAnyNumberOfThreads) {
  const op::Graph graph = towers(9);
  const auto executable = codegen::compile(graph, codegen::Tier::compile);
  EXPECT_LE(executable->summary.launches, 3);
  EXPECT_GE(executable->summary.kernels, 27);
  const std::vector<Bytes> inputs = drawn(graph),
                           expected = run(graph, codegen::Tier::reference, inputs);
  for (int threads : {1, 2, 5}) {
    runtime::set_num_threads(threads);
    for (int round = 0; round < 10; ++round) {
      std::vector<Bytes> got;
      std::vector<const void*> in;
      std::vector<void*> out;
      for (const Bytes& b : inputs) in.push_back(b.data());
      for (const Bytes& b : expected) got.emplace_back(b.size());
      for (Bytes& b : got) out.push_back(b.data());
      executable->run(in.data(), out.data());
      for (size_t o = 0; o < got.size(); ++o)
        ASSERT_EQ(difference(executable->output_types[o], expected[o], got[o]), "") << o;
    }
  }
  runtime::set_num_threads(0);
}

// Between the two products of each branch lies a temporary of a megabyte: not all of them at once.
TEST(Schedule, MemoryHardlyGrows) {
  const auto arena = [](uint32_t branches) {
    const op::Type thin = f32({512, 8}), wide = f32({8, 512});
    std::vector<op::Type> inputs(branches, thin);
    inputs.push_back(wide);
    Builder b(std::move(inputs));
    for (uint32_t i = 0; i < branches; ++i)
      b.graph.outputs.push_back(
          b.add(op::Op::matmul, {b.add(op::Op::matmul, {i, branches}, f32({512, 512})), i}, thin));
    return codegen::compile(b.graph, codegen::Tier::compile)->summary.arena_bytes;
  };
  const size_t one = arena(1);
  EXPECT_GE(one, size_t(1) << 20);
  EXPECT_LE(arena(20), one + one / 8 + (size_t(1) << 20));
}

// dx = dy w and w - x dy do not depend on each other, but the second shall take the place of w: it
// comes after the first, not before it and not beside it.
TEST(Schedule, AnUpdateWaitsForTheReadersOfWhatItReplaces) {
  const op::Type square = f32({96, 96});
  Builder b({square, square, square});
  const uint32_t dx = b.add(op::Op::matmul, {0, 1}, square);
  b.graph.outputs = {dx, b.add(op::Op::sub, {1, b.add(op::Op::matmul, {2, 0}, square)}, square)};
  const auto executable = codegen::compile(b.graph, codegen::Tier::compile);
  EXPECT_EQ(executable->summary.kernels, 2);
  EXPECT_EQ(executable->summary.launches, 2);
  EXPECT_TRUE(executable->may_alias(1, 1));
}

// Operands without a buffer.
TEST(Schedule, AProductOfConstants) {
  const op::Type square = f32({4, 4});
  Builder b({});
  const uint32_t x = b.add(op::Op::constant, {}, square);
  b.graph.nodes[0].attrs =
      op::attrs::constant::pack(op::Literal::of(op::DType::Float, 3), op::Dims{4, 4});
  b.graph.outputs = {b.add(op::Op::matmul, {x, x}, square)};
  const std::vector<Bytes> got = run(b.graph, codegen::Tier::compile, {});
  EXPECT_EQ(difference(square, run(b.graph, codegen::Tier::reference, {})[0], got[0]), "");
}
}  // namespace
}  // namespace test
}  // namespace torch
