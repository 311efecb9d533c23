// Donation: results over operands, also crosswise.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "tests/codegen/tiers.h"
#include "tests/random/random_graph.h"

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
  graph.outputs = {add(op::Op::add, add(op::Op::mul, 0, 2), 1),
                   add(op::Op::add, add(op::Op::mul, 1, 2), 0), add(op::Op::sub, 0, 1)};
  std::vector<Input> inputs(3, Input{type, Domain::in(-2, 2)});
  const std::vector<Bytes> drawn = draw_inputs(inputs, 5),
                           expected = run(graph, codegen::Tier::reference, drawn);
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
    for (size_t o = 0; o < 3; ++o)
      EXPECT_EQ(difference(type, expected[o], memory[order[o]]), "") << o;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(tried, 6);
}

// Whatever output may be written over whatever input, one pair at a time and all at once: the bits
// stay.
TEST(InPlace, EveryAliasThatIsAllowedInRandomPrograms) {
  int tried = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    RandomOptions options;
    options.nodes = 12;
    options.empty = false;
    options.max_elements = 100;  // few shapes: many inputs and outputs of one size
    const RandomProgram p = random_program(seed, options);
    const auto executable = codegen::compile(p.graph, codegen::Tier::compile);
    const std::vector<Bytes> drawn = p.draw(seed),
                             expected = run(p.graph, codegen::Tier::reference, drawn);
    const size_t inputs = drawn.size(), outputs = expected.size();
    const auto check = [&](const std::vector<std::pair<size_t, size_t>>& aliases) {
      std::vector<Bytes> memory = drawn, fresh = expected;
      std::vector<const void*> in;
      std::vector<void*> out;
      for (const Bytes& b : memory) in.push_back(b.data());
      for (Bytes& b : fresh) out.push_back(std::memset(b.data(), 0xa5, b.size()));
      for (const auto& [o, i] : aliases) out[o] = memory[i].data();
      executable->run(in.data(), out.data());
      for (size_t o = 0; o < outputs; ++o) {
        const auto* got = static_cast<const unsigned char*>(out[o]);
        EXPECT_EQ(difference(executable->output_types[o], expected[o],
                             Bytes(got, got + expected[o].size())),
                  "")
            << "seed " << seed << ", output " << o << (aliases.size() == 1 ? ", one alias" : "");
      }
      ++tried;
    };
    std::vector<std::pair<size_t, size_t>> all;
    std::vector<bool> taken(inputs);
    for (size_t o = 0; o < outputs; ++o)
      for (size_t i = 0; i < inputs; ++i) {
        if (expected[o].size() != drawn[i].size() || !executable->may_alias(o, i)) continue;
        check({{o, i}});
        if (taken[i] || (!all.empty() && all.back().first == o)) continue;
        taken[i] = true;
        all.emplace_back(o, i);
      }
    check(all);
  }
  EXPECT_GT(tried, 200);
}
}  // namespace
}  // namespace test
}  // namespace torch
