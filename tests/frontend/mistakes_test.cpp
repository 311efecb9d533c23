// Mistakes of shape, dtype and device, sizes that no memory holds: each an error that says what was got and expected, at
// the line that made it; what was there before is untouched and what comes after works. In both tiers.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <functional>

#include "runtime/trace/knobs.h"

namespace {
using torch::Tensor;

struct Mistake {
  const char* name;
  std::vector<std::string> says;
  std::function<void(Tensor& x)> make;  // x: float(3, 4), 0 to 11
};

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all = {
      // Shapes.
      {"add", {"The size of tensor a (4) must match the size of tensor b (5) at non-singleton dimension 1"}, [](Tensor& x) { x + torch::ones({3, 5}); }},
      {"add_", {"(4)", "(5)"}, [](Tensor& x) { x.add_(torch::ones({3, 5})); }},
      {"add_that_would_grow", {"[3, 4]", "[2, 3, 4]"}, [](Tensor& x) { x.add_(torch::ones({2, 3, 4})); }},
      {"matmul", {"mat1 and mat2 shapes cannot be multiplied (3x4 and 3x4)"}, [](Tensor& x) { x.matmul(x); }},
      {"view", {"[5, 3]", "12"}, [](Tensor& x) { x.view({5, 3}); }},
      {"cat", {"Sizes of tensors must match except in dimension 0"}, [](Tensor& x) { torch::cat({x, torch::ones({3, 5})}, 0); }},
      {"stack", {"[3, 4]", "[4, 3]"}, [](Tensor& x) { torch::stack({x, x.t()}); }},
      {"dim", {"Dimension out of range (expected to be in range of [-2, 1], but got 2)"}, [](Tensor& x) { x.sum(2); }},
      {"index", {"index 3 out of range for tensor of size [3, 4] at dimension 0"}, [](Tensor& x) { x[3]; }},
      {"permute", {"permute"}, [](Tensor& x) { x.permute({0, 0}); }},
      {"item", {"12 elements"}, [](Tensor& x) { x.item<float>(); }},
      {"backward", {"grad can be implicitly created only for scalar outputs"}, [](Tensor& x) { (x.clone().requires_grad_() * 2).backward(); }},
      // Element types.
      {"mm_dtypes", {"to have the same dtype, but got: float != double"}, [](Tensor& x) { x.matmul(torch::ones({4, 2}, torch::kDouble)); }},
      {"indices", {"int"}, [](Tensor& x) { x.index_select(0, torch::ones({2})); }},
      {"integers_in_place", {"Float", "Long"}, [](Tensor& x) { torch::arange(4).add_(x[0]); }},
      {"grad_of_integers", {"floating point"}, [](Tensor&) { torch::arange(4).requires_grad_(); }},
      {"mean_of_integers", {"mean", "Got: Long"}, [](Tensor&) { torch::arange(4).mean(); }},
      // A device that is not there.
      {"device", {"cuda"}, [](Tensor& x) { weft::eval(x.to(torch::Device(torch::kCUDA))); }},
      {"device_of_new", {"cuda"}, [](Tensor&) { weft::eval(torch::zeros({2}, torch::TensorOptions().device(torch::kCUDA))); }},
      // Sizes.
      {"overflow", {"overflow"}, [](Tensor&) { torch::zeros({int64_t{1} << 40, int64_t{1} << 40}); }},
      {"negative", {"negative"}, [](Tensor&) { torch::zeros({2, -1}); }},
      {"expand_overflow", {"overflow"}, [](Tensor& x) { x.expand({int64_t{1} << 60, 3, 4}) + 1; }},
      {"no_memory", {"1125899906842624"}, [](Tensor&) { weft::eval(torch::ones({int64_t{1} << 48})); }},
  };
  return all;
}

class Mistakes : public testing::TestWithParam<size_t> {};

TEST_P(Mistakes, SayWhatIsWrongAndLeaveEverythingAsItWas) {
  const Mistake& mistake = mistakes()[GetParam()];
  Tensor x = torch::arange(12, torch::kFloat).reshape({3, 4}), pending = x * 2;
  std::string said;
  try {
    mistake.make(x);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const c10::Error& error) {
    said = error.what();
  }
  for (const std::string& part : mistake.says) EXPECT_NE(said.find(part), std::string::npos) << said << "\nexpected: " << part;
  EXPECT_EQ(said.find('\n'), std::string::npos) << said;
  EXPECT_NE(said.find("mistakes_test.cpp:"), std::string::npos) << said;
  EXPECT_EQ(x.sum().item<float>(), 66);
  EXPECT_EQ(pending.sum().item<float>(), 132);
  EXPECT_EQ((x + 1)[2][3].item<float>(), 12);
}
INSTANTIATE_TEST_SUITE_P(All, Mistakes, testing::Range<size_t>(0, mistakes().size()),
                         [](const auto& info) { return std::string(mistakes()[info.param].name); });

// A folder that nobody can write to fails the evaluation, not the program; the next one, without it, gives the value.
TEST(MistakesOutside, ADumpFolderThatCannotBeWritten) {
  const torch::runtime::Knobs before = torch::runtime::knobs();
  torch::runtime::Knobs changed = before;
  changed.dump = "/proc/nowhere";
  Tensor x = torch::arange(12, torch::kFloat).reshape({3, 4});
  weft::eval(x);
  const Tensor y = (x * 3 - 1).square();
  torch::runtime::set_knobs(changed);
  try {
    weft::eval(y);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const c10::Error& error) {
    EXPECT_NE(std::string(error.what()).find("cannot write the dump file /proc/nowhere/"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("mistakes_test.cpp:"), std::string::npos) << error.what();
  }
  torch::runtime::set_knobs(before);
  EXPECT_EQ(y[2][3].item<float>(), 1024);
}

// Indices that are computed show only when they are used.
TEST(MistakesInValues, ThatOnlyValuesShow) {
  Tensor x = torch::arange(12, torch::kFloat).reshape({3, 4}), wrong = torch::arange(2) * 3;
  const Tensor y = x.index_select(0, wrong) + 1;
  for (int again = 0; again < 2; ++again) try {
      weft::eval(y);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const c10::Error& error) {
      EXPECT_NE(std::string(error.what()).find("index 3 is out of bounds for dimension 0 with size 3"), std::string::npos) << error.what();
    }
  EXPECT_EQ(x.sum().item<float>(), 66);
}
}  // namespace
