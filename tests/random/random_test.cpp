// The generator itself: programs are right, differ, use every op, and depend on nothing but the
// seed.
#include <gtest/gtest.h>

#include <set>

#include "tests/random/random_graph.h"

namespace torch {
namespace test {
namespace {
std::string check(const op::Graph& g) {
  std::vector<op::Type> values = g.inputs;
  for (const op::GraphNode& n : g.nodes) {
    std::vector<const op::Type*> types;
    for (uint32_t v : n.operands) {
      if (v >= values.size()) return "an operand is not defined yet";
      types.push_back(&values[v]);
    }
    op::Types results;
    const std::string error =
        n.body ? "" : op::infer(n.op, {types.data(), types.size()}, n.attrs, results);
    if (!error.empty()) return std::string(op::name(n.op)) + ": " + error;
    values.insert(values.end(), n.results.begin(), n.results.end());
  }
  for (uint32_t v : g.outputs)
    if (v >= values.size()) return "an output is not defined";
  return g.outputs.empty() ? "no output" : "";
}
}  // namespace

TEST(RandomProgram, ProgramsKeepTheShapeRulesAndUseEveryOp) {
  std::set<std::string> missing;
  for (size_t i = 0; i < op::op_count(); ++i) missing.insert(op::name(static_cast<op::Op>(i)));
  for (const char* name : {"cached", "check_divisor", "check_index", "check_required", "detach", "kernel", "require", "yield"})
    missing.erase(name);
  RandomOptions options;
  options.gradients = true;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    const RandomProgram p = random_program(seed, options);
    EXPECT_EQ(check(p.graph), "") << "seed " << seed;
    EXPECT_GE(p.graph.nodes.size(), 5u) << "seed " << seed;
    for (const op::GraphNode& n : p.graph.nodes) missing.erase(op::name(n.op));
  }
  for (const std::string& name : missing) ADD_FAILURE() << name << " never comes up";
}

TEST(RandomProgram, OneSeedIsOneProgram) {
  const RandomProgram a = random_program(7), b = random_program(7), c = random_program(8);
  ASSERT_EQ(a.graph.nodes.size(), b.graph.nodes.size());
  for (size_t i = 0; i < a.graph.nodes.size(); ++i) {
    EXPECT_EQ(a.graph.nodes[i].op, b.graph.nodes[i].op);
    EXPECT_EQ(a.graph.nodes[i].operands, b.graph.nodes[i].operands);
    EXPECT_EQ(a.graph.nodes[i].attrs, b.graph.nodes[i].attrs);
  }
  EXPECT_EQ(a.draw(3), b.draw(3));
  EXPECT_NE(a.graph.outputs, c.graph.outputs);
}
}  // namespace test
}  // namespace torch
