// Donation: results over operands, also crosswise.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {

// (m, v, g) -> (m * g + v, v * g + m, m - v), each over any of the operands that may_alias names.
TEST(InPlace, EveryPairingOfResultsAndOperandsGivesTheSameBits) {
  const op::Type type = f32({3, 37});
  op::Graph graph;
  graph.locations.push_back({"in_place.cpp", 1, ""});
  graph.inputs = {type, type, type};
  auto add = [&](op::Op which, uint32_t a, uint32_t b) {
    graph.nodes.push_back({which, {a, b}, {}, {type}, 0, false, nullptr});
    return static_cast<uint32_t>(graph.inputs.size() + graph.nodes.size() - 1);
  };
  graph.outputs = {add(op::Op::add, add(op::Op::mul, 0, 2), 1), add(op::Op::add, add(op::Op::mul, 1, 2), 0),
                   add(op::Op::sub, 0, 1)};
  std::vector<Input> inputs(3, Input{type, Domain::in(-2, 2)});
  const std::vector<Bytes> drawn = draw_inputs(inputs, 5), expected = run(graph, codegen::Tier::reference, drawn);
  auto executable = codegen::compile(graph, codegen::Tier::compile);
  int tried = 0;
  std::vector<size_t> order{0, 1, 2};
  do {
    std::vector<Bytes> memory = drawn;
    std::vector<const void*> in;
    std::vector<void*> out;
    bool allowed = true;
    for (size_t o = 0; o < 3; ++o) {
      allowed = allowed && executable->may_alias(o, order[o]);
      in.push_back(memory[o].data());
      out.push_back(memory[order[o]].data());
    }
    if (!allowed) continue;
    ++tried;
    executable->run(in.data(), out.data());
    for (size_t o = 0; o < 3; ++o) EXPECT_EQ(difference(type, expected[o], memory[order[o]]), "") << o;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(tried, 6);
}
}  // namespace
}  // namespace test
}  // namespace torch
