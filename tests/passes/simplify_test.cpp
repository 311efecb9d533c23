// Random programs, and their gradients, have the same bits before and after simplify.
#include <gtest/gtest.h>

#include "passes/autodiff/autodiff.h"
#include "passes/simplify/simplify.h"
#include "tests/passes/transform.h"
#include "tests/random/random_graph.h"

namespace torch {
namespace test {
namespace {

void compare(const RandomProgram& p, const op::Graph& before, const op::Graph& after,
             uint64_t seed) {
  const std::vector<Bytes> inputs = p.draw(seed);
  const std::vector<Bytes> a = evaluate(before, inputs), b = evaluate(after, inputs);
  const std::vector<op::Type> types = output_types(before);
  ASSERT_EQ(types, output_types(after)) << "seed " << seed;
  for (size_t i = 0; i < a.size(); ++i)
    EXPECT_EQ(difference(types[i], a[i], b[i]), "") << "seed " << seed << " output " << i;
}

TEST(Simplify, KeepsTheBitsOfRandomPrograms) {
  for (uint64_t seed = 0; seed < 400 && !HasFailure(); ++seed) {
    const RandomProgram p = random_program(seed);
    compare(p, p.graph, transform(p.graph, mlir::weft::buildSimplify), seed);
  }
}

TEST(Simplify, KeepsTheBitsOfRandomGradients) {
  RandomOptions options;
  options.gradients = true;
  for (uint64_t seed = 1000; seed < 1200 && !HasFailure(); ++seed) {
    const RandomProgram p = random_program(seed, options);
    const op::Graph expanded = transform(p.graph, mlir::weft::buildAutodiff);
    compare(p, expanded, transform(expanded, mlir::weft::buildSimplify), seed);
  }
}

TEST(Simplify, RunsOnceAndForAll) {
  // A second run finds nothing.
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const RandomProgram p = random_program(seed);
    const op::Graph once = transform(p.graph, mlir::weft::buildSimplify);
    const op::Graph twice = transform(once, mlir::weft::buildSimplify);
    EXPECT_EQ(once.nodes.size(), twice.nodes.size()) << "seed " << seed;
  }
}
}  // namespace
}  // namespace test
}  // namespace torch
