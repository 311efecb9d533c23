// Random programs: fused, compiled code gives the bits of the reference tier. WEFT_RANDOM=FIRST:COUNT tries others (with
// --gtest_filter=*/0: these alone; WEFT_DUMP shows them).
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/codegen/tiers.h"
#include "tests/random/random_graph.h"

namespace torch {
namespace test {
namespace {

void compare(uint64_t seed, const RandomOptions& options) {
  RandomProgram program = random_program(seed, options);
  std::vector<Bytes> inputs = program.draw(seed), expected, got;
  try {
    expected = run(program.graph, codegen::Tier::reference, inputs);
  } catch (const std::exception& e) {
    FAIL() << "seed " << seed << ", reference: " << e.what();
  }
  try {
    got = run(program.graph, codegen::Tier::compile, inputs);
  } catch (const std::exception& e) {
    FAIL() << "seed " << seed << ", compile: " << e.what();
  }
  auto types = codegen::compile(program.graph, codegen::Tier::reference)->output_types;
  for (size_t o = 0; o < got.size(); ++o)
    EXPECT_EQ(difference(types[o], expected[o], got[o]), "") << "seed " << seed << ", output " << o;
}

class Random : public testing::TestWithParam<int> {};
constexpr int kPrograms = 10;  // a test

TEST_P(Random, TiersAgree) {
  int first = 0, count = kPrograms;
  if (const char* range = std::getenv("WEFT_RANDOM")) std::sscanf(range, "%d:%d", &first, &count);
  for (int i = 0; i < count; ++i) {
    RandomOptions options;
    const int seed = first + GetParam() * kPrograms + i;
    options.nodes = seed % 3 == 0 ? 8 : 24;
    options.gradients = seed % 5 == 4;
    compare(static_cast<uint64_t>(seed), options);
  }
}
INSTANTIATE_TEST_SUITE_P(Programs, Random, testing::Range(0, 25));
}  // namespace
}  // namespace test
}  // namespace torch
