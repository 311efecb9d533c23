// A variable of the environment that makes no sense is an error of the program's, at its first op,
// and can be mended.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cstdlib>
#include <string>

namespace {
TEST(Knobs, NonsenseIsAnErrorAtTheFirstOp) {
  const struct {
    const char *name, *value, *expected;
  } cases[] = {
      {"WEFT_TIER", "foo", "WEFT_TIER: got \"foo\", expected auto, reference or compile"},
      {"WEFT_THREADS", "-3", "WEFT_THREADS: got \"-3\", expected a number from 1 to 1024"},
      {"WEFT_CPU", "x",
       "WEFT_CPU: got \"x\", expected native, x86-64, x86-64-v2, x86-64-v3 or x86-64-v4"},
      {"WEFT_LOG", "everything",
       "WEFT_LOG: got \"everything\", expected a comma separated list of compiles barriers kernels "
       "memory cuda all"},
  };
  for (const auto& c : cases) {
    setenv(c.name, c.value, 1);
    try {
      torch::ones({2});
      ADD_FAILURE() << c.name;
    } catch (const c10::ValueError& e) {
      EXPECT_EQ(std::string(e.what_without_backtrace()), c.expected);
    }
    EXPECT_THROW(torch::tensor({1, 2}), c10::ValueError);
    EXPECT_THROW(torch::randperm(3), c10::ValueError);
    unsetenv(c.name);
  }
  EXPECT_EQ((torch::ones({2}) + 1).sum().item<float>(), 4);
  EXPECT_THROW(torch::set_num_threads(0), c10::Error);
  EXPECT_THROW(torch::set_num_threads(100000), c10::Error);
}
}  // namespace
