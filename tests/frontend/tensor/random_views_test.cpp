// Random programs of views and in-place writes: Weft and the naive strided model agree on values and
// on gradients, in every element type, with grad and without.
#include <cstdlib>

#include "frontend/tensor/error.h"
#include "tests/frontend/tensor/random_views.h"

namespace {

constexpr uint64_t kBlocks = 10;
class RandomViews : public testing::TestWithParam<uint64_t> {};

TEST_P(RandomViews, AgreeWithTheStridedModel) {
  const char* wanted = std::getenv("WEFT_RANDOM_PROGRAMS");
  const uint64_t programs = wanted ? std::strtoull(wanted, nullptr, 10) : 5000;
  for (uint64_t seed = 1 + GetParam(); seed <= programs; seed += kBlocks) {
    views::Program program(seed);
    ASSERT_NO_THROW(program.run()) << "seed " << seed << "\n" << program.text();
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}
INSTANTIATE_TEST_SUITE_P(Blocks, RandomViews, testing::Range(uint64_t(0), kBlocks));
}  // namespace
