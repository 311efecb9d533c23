// Random programs: fused, compiled code gives the bits of the reference tier. WEFT_RANDOM=FIRST:COUNT tries others (with
// --gtest_filter=*/0: these alone; WEFT_DUMP shows them). What fails is shown in few nodes.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/codegen/shrink.h"
#include "tests/codegen/tiers.h"
#include "tests/random/random_graph.h"

namespace torch {
namespace test {
namespace {

// Small programs of every kind; one in ten has values long enough for several chunks, tasks and vectors.
RandomOptions options_of(uint64_t seed) {
  RandomOptions options;
  options.nodes = seed % 3 == 0 ? 8 : seed % 11 == 1 ? 60 : 24;
  options.gradients = seed % 5 == 4;
  if (seed % 10 == 7) {
    options.max_elements = 40000;
    options.nodes = 12;
  }
  return options;
}

// How the tiers differ; empty when they agree.
std::string disagreement(const Program& p) {
  std::vector<Bytes> expected, got;
  std::vector<op::Type> types;
  try {
    types = codegen::compile(p.graph, codegen::Tier::reference)->output_types;
    expected = run(p.graph, codegen::Tier::reference, p.inputs);
  } catch (const std::exception& e) {
    return std::string("reference: ") + e.what();
  }
  try {
    got = run(p.graph, codegen::Tier::compile, p.inputs);
  } catch (const std::exception& e) {
    return std::string("compile: ") + e.what();
  }
  for (size_t o = 0; o < got.size(); ++o) {
    const std::string where = difference(types[o], expected[o], got[o]);
    if (!where.empty()) return "output " + std::to_string(o) + ", " + where;
  }
  return "";
}

void compare(uint64_t seed) {
  RandomProgram random = random_program(seed, options_of(seed));
  Program program{random.graph, random.draw(seed)};
  const std::string what = disagreement(program);
  if (what.empty()) return;
  const std::string kind = what.substr(0, 7);  // a crash is no difference
  const Program small = shrink(program, [&](const Program& p) { return disagreement(p).substr(0, 7) == kind; });
  ADD_FAILURE() << "seed " << seed << ": " << what << "\nin few nodes: " << disagreement(small) << "\n" << to_text(small);
}

class Random : public testing::TestWithParam<int> {};
constexpr int kPrograms = 20;  // a test

TEST_P(Random, TiersAgree) {
  int first = 0, count = kPrograms;
  if (const char* range = std::getenv("WEFT_RANDOM")) std::sscanf(range, "%d:%d", &first, &count);
  for (int i = 0; i < count; ++i) compare(static_cast<uint64_t>(first + GetParam() * kPrograms + i));
}
INSTANTIATE_TEST_SUITE_P(Programs, Random, testing::Range(0, 27));
}  // namespace
}  // namespace test
}  // namespace torch
