// Random programs: compiled code gives the bits of the reference tier, fused or not, with one, two
// and five threads, for AVX-512 (where the machine has it) and AVX2, with guarded memory.
// WEFT_RANDOM=FIRST:COUNT tries others (with --gtest_filter=*/0: these alone; WEFT_DUMP shows
// them). What fails is shown in few nodes.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "tests/codegen/setting.h"
#include "tests/codegen/shrink.h"
#include "tests/codegen/tiers.h"
#include "tests/random/random_graph.h"

namespace torch {
namespace test {
namespace {

// Small programs of every kind; one in ten has values long enough for several chunks, tasks and
// vectors.
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

// What differs from the reference tier; empty: nothing.
std::string disagreement(const Program& p, const Setting& setting) {
  std::vector<Bytes> expected, got;
  try {
    expected = run(p.graph, codegen::Tier::reference, p.inputs);
  } catch (const std::exception& e) {
    return std::string("reference: ") + e.what();
  }
  try {
    const WithSetting in_force(setting);
    got = run(p.graph, codegen::Tier::compile, p.inputs);
  } catch (const std::exception& e) {
    return std::string("compile: ") + e.what();
  }
  const op::Types types = op::output_types(p.graph);
  for (size_t o = 0; o < got.size(); ++o) {
    const std::string where = difference(types[o], expected[o], got[o]);
    if (!where.empty()) return "output " + std::to_string(o) + ", " + where;
  }
  return "";
}

void compare(uint64_t seed) {
  const RandomProgram random = random_program(seed, options_of(seed));
  const Program program{random.graph, random.draw(seed)};
  // Threads and guards take the same code; what is compiled anew takes its time.
  using Guard = Setting::Guard;
  const Setting other = seed % 2 ? Setting{"x86-64-v3", 1, true, Guard::end}
                                 : Setting{seed % 4 ? widest() : "x86-64-v3", 1, false, Guard::end};
  for (const Setting& setting :
       {Setting{widest(), 2, true, Guard::end}, Setting{widest(), 5, true, Guard::start}, other}) {
    const std::string what = disagreement(program, setting);
    if (what.empty()) continue;
    const std::string kind = what.substr(0, 7);  // a crash is no difference
    const Program small = shrink(
        program, [&](const Program& p) { return disagreement(p, setting).substr(0, 7) == kind; });
    ADD_FAILURE() << "seed " << seed << ", " << setting.name() << ": " << what
                  << "\nin few nodes: " << disagreement(small, setting) << "\n" << to_text(small);
    return;
  }
}

class Random : public testing::TestWithParam<int> {};
constexpr int kPrograms = 20;  // a test

TEST_P(Random, TiersAgree) {
  int first = 0, count = kPrograms;
  if (const char* range = std::getenv("WEFT_RANDOM")) std::sscanf(range, "%d:%d", &first, &count);
  for (int i = 0; i < count; ++i)
    compare(static_cast<uint64_t>(first + GetParam() * kPrograms + i));
}
INSTANTIATE_TEST_SUITE_P(Programs, Random, testing::Range(0, 27));

// Without FMA the bits are others, the values are not: on programs that neither jump nor blow up.
TEST(RandomWithoutFma, ValuesAgree) {
  using op::Op;
  const std::set<Op> left_out = {
      Op::sign,      Op::floor,      Op::ceil,   Op::round,    Op::trunc, Op::fmod,
      Op::remainder, Op::argmax,     Op::argmin, Op::max_pool, Op::exp,   Op::exp2,
      Op::expm1,     Op::sinh,       Op::cosh,   Op::tan,      Op::pow,   Op::square,
      Op::div,       Op::reciprocal, Op::log,    Op::log2,     Op::log10, Op::log1p,
      Op::rsqrt,     Op::atan2,      Op::asin,   Op::acos,     Op::prod,  Op::eq,
      Op::ne,        Op::lt,         Op::le,     Op::gt,       Op::ge,    Op::cast};
  RandomOptions options;
  options.dtypes = {op::DType::Double};
  options.specials = false;
  options.nodes = 16;
  options.allowed = [&](Op op) { return !left_out.count(op); };
  for (uint64_t seed = 0; seed < 60 && !HasFailure(); ++seed) {
    const RandomProgram p = random_program(seed, options);
    const std::vector<Bytes> inputs = p.draw(seed),
                             expected = run(p.graph, codegen::Tier::reference, inputs);
    const WithSetting in_force(Setting{"x86-64-v2", 2, true, Setting::Guard::end});
    const std::vector<Bytes> got = run(p.graph, codegen::Tier::compile, inputs);
    const op::Types types = op::output_types(p.graph);
    for (size_t o = 0; o < types.size(); ++o)
      for (int64_t i = 0; i < types[o].numel(); ++i) {
        const double a = element(expected[o], types[o].dtype, static_cast<size_t>(i)),
                     b = element(got[o], types[o].dtype, static_cast<size_t>(i));
        if (std::isnan(a) && std::isnan(b)) continue;
        ASSERT_NEAR(a, b, 1e-9 * (1 + std::fabs(a)))
            << "seed " << seed << ", output " << o << ", element " << i;
      }
  }
}
}  // namespace
}  // namespace test
}  // namespace torch
