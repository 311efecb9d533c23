// Mistakes of shape, dtype and device, sizes that no memory holds: each an error that says what was
// got and expected, at the line that made it; what was there before is untouched and what comes
// after works. In both tiers.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
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
      {"add",
       {"The size of tensor a (4) must match the size of tensor b (5) at non-singleton dimension "
        "1"},
       [](Tensor& x) { x + torch::ones({3, 5}); }},
      {"add_", {"(4)", "(5)"}, [](Tensor& x) { x.add_(torch::ones({3, 5})); }},
      {"add_that_would_grow",
       {"[3, 4]", "[2, 3, 4]"},
       [](Tensor& x) { x.add_(torch::ones({2, 3, 4})); }},
      {"matmul",
       {"mat1 and mat2 shapes cannot be multiplied (3x4 and 3x4)"},
       [](Tensor& x) { x.matmul(x); }},
      {"view",
       {"shape '[5, 3]' is invalid for input of size 12"},
       [](Tensor& x) { x.view({5, 3}); }},
      {"cat",
       {"Sizes of tensors must match except in dimension 0. Expected size 4 but got size 5 for "
        "tensor number 1 in the list."},
       [](Tensor& x) { torch::cat({x, torch::ones({3, 5})}, 0); }},
      {"stack",
       {"stack expects each tensor to be equal size, but got [3, 4] at entry 0 and [4, 3] at entry "
        "1"},
       [](Tensor& x) { torch::stack({x, x.t()}); }},
      {"dim",
       {"Dimension out of range (expected to be in range of [-2, 1], but got 2)"},
       [](Tensor& x) { x.sum(2); }},
      {"index",
       {"index 3 out of range for tensor of size [3, 4] at dimension 0"},
       [](Tensor& x) { x[3]; }},
      {"slice_that_goes_back",
       {"step must be greater than zero"},
       [](Tensor& x) {
         using namespace torch::indexing;
         x.index({Slice(None, None, -1)});
       }},
      {"put_into_a_slice_that_goes_back",
       {"step must be greater than zero"},
       [](Tensor& x) {
         using namespace torch::indexing;
         x.index_put_({0, Slice(None, None, -2)}, 1);
       }},
      {"overlapping_operand",
       {"some elements of the input tensor and the written-to tensor refer to a single memory "
        "location"},
       [](Tensor& x) { x.view(-1).slice(0, 0, 8).add_(x.view(-1).slice(0, 4, 12)); }},
      // Orders, places, products by name.
      {"topk", {"selected index k out of range"}, [](Tensor& x) { x.topk(5); }},
      {"kthvalue",
       {"selected number k out of range for dimension 1"},
       [](Tensor& x) { x.kthvalue(0); }},
      {"index_copy_",
       {"must have same slice shapes"},
       [](Tensor& x) { x.index_copy_(0, torch::tensor({0}), torch::ones({2, 4})); }},
      {"index_fill_",
       {"index 3 is out of bounds"},
       [](Tensor& x) { x.index_fill_(0, torch::tensor({3}), 1); }},
      {"put_",
       {"same number of elements"},
       [](Tensor& x) { x.put_(torch::tensor({0, 1}), torch::ones({3})); }},
      {"masked_scatter_",
       {"Number of elements of source < number of ones in mask"},
       [](Tensor& x) { x.masked_scatter_(x > 3, torch::ones({2})); }},
      {"scatter_reduce",
       {"reduce argument must be either sum, prod, mean, amax or amin"},
       [](Tensor& x) { x.scatter_reduce(0, torch::zeros({1, 4}, torch::kLong), x, "max"); }},
      {"einsum_sizes",
       {"does not broadcast with previously seen size 4"},
       [](Tensor& x) { torch::einsum("ij,jk->ik", {x, x}); }},
      {"einsum_subscripts",
       {"the number of subscripts in the equation (3)", "number of dimensions (2)"},
       [](Tensor& x) { torch::einsum("ijk->i", {x}); }},
      {"einsum_output",
       {"output subscript z does not appear"},
       [](Tensor& x) { torch::einsum("ij->iz", {x}); }},
      {"tensordot",
       {"contracted dimensions need to match"},
       [](Tensor& x) { torch::tensordot(x, x, {0}, {1}); }},
      {"multinomial",
       {"cannot sample n_sample > prob_dist.size(-1)"},
       [](Tensor& x) { x.multinomial(5); }},
      {"quantile",
       {"q must be in the range [0, 1] but got 2"},
       [](Tensor& x) { x.quantile(2.0); }},
      {"resize_", {"negative dimension"}, [](Tensor& x) { x.resize_({-1}); }},
      {"ragged_braces",
       {"Expected all sub-lists to have sizes: 2 (e.g. {1, 2}), but got sub-list {3} with sizes: "
        "1"},
       [](Tensor&) { torch::tensor({{1, 2}, {3}}); }},
      {"braces_of_two_kinds",
       {"Expected all elements of the tensor to have the same scalar type: Int, but got element of "
        "scalar type: Double"},
       [](Tensor&) { torch::tensor({{{1, 2}, {3, 4}}, {{0.5, 1.0}, {2.0, 3.0}}}); }},
      {"permute",
       {"permute(): duplicate dims are not allowed."},
       [](Tensor& x) { x.permute({0, 0}); }},
      {"item",
       {"a Tensor with 12 elements cannot be converted to Scalar"},
       [](Tensor& x) { x.item<float>(); }},
      {"backward",
       {"grad can be implicitly created only for scalar outputs"},
       [](Tensor& x) { (x.clone().requires_grad_() * 2).backward(); }},
      {"mm",
       {"mat1 and mat2 shapes cannot be multiplied (3x4 and 1x4)"},
       [](Tensor& x) { torch::mm(x, torch::ones({1, 4})); }},
      {"matmul_of_a_number",
       {"both arguments to matmul need to be at least 1D, but they are 0D and 2D"},
       [](Tensor& x) { torch::tensor(1.0f).matmul(x); }},
      {"matmul_batches",
       {"The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension "
        "0"},
       [](Tensor&) { torch::ones({2, 3, 4}).matmul(torch::ones({3, 4, 5})); }},
      {"addmm",
       {"The expanded size of the tensor (2) must match the existing size (5) at non-singleton "
        "dimension 1.  Target sizes: [3, 2].  Tensor sizes: [5]"},
       [](Tensor& x) { torch::addmm(torch::ones({5}), x, torch::ones({4, 2})); }},
      {"bmm", {"batch1 must be a 3D tensor"}, [](Tensor& x) { x.bmm(x); }},
      {"reshape",
       {"shape '[7, -1]' is invalid for input of size 12"},
       [](Tensor& x) { x.reshape({7, -1}); }},
      {"view_of_strides",
       {"view size is not compatible with input tensor's size and stride"},
       [](Tensor& x) { x.t().view({12}); }},
      {"narrow",
       {"start (3) + length (3) exceeds dimension size (4)"},
       [](Tensor& x) { x.narrow(1, 3, 3); }},
      {"transpose",
       {"Dimension out of range (expected to be in range of [-2, 1], but got 5)"},
       [](Tensor& x) { x.transpose(0, 5); }},
      {"unsqueeze",
       {"Dimension out of range (expected to be in range of [-3, 2], but got 5)"},
       [](Tensor& x) { x.unsqueeze(5); }},
      {"softmax",
       {"Dimension out of range (expected to be in range of [-2, 1], but got 2)"},
       [](Tensor& x) { torch::softmax(x, 2); }},
      {"expand",
       {"The expanded size of the tensor (7) must match the existing size (3) at non-singleton "
        "dimension 0.  Target sizes: [7, 4].  Tensor sizes: [3, 4]"},
       [](Tensor& x) { x.expand({7, 4}); }},
      {"index_by_list",
       {"index 5 is out of bounds for dimension 0 with size 3"},
       [](Tensor& x) { x.index({5}); }},
      {"gather",
       {"index 9 is out of bounds for dimension 1 with size 4"},
       [](Tensor& x) { weft::eval(x.gather(1, torch::full({3, 1}, 9, torch::kLong))); }},
      {"max_of_nothing",
       {"Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim "
        "with the 'dim' argument."},
       [](Tensor& x) { x.slice(0, 0, 0).max(); }},
      {"backward_of_a_constant",
       {"element 0 of tensors does not require grad and does not have a grad_fn"},
       [](Tensor& x) { x.sum().backward(); }},
      {"write_to_a_leaf",
       {"a leaf Variable that requires grad is being used in an in-place operation."},
       [](Tensor& x) { x.clone().requires_grad_().add_(1); }},
      // Element types.
      {"mm_dtypes",
       {"to have the same dtype, but got: float != double"},
       [](Tensor& x) { x.matmul(torch::ones({4, 2}, torch::kDouble)); }},
      {"indices", {"int"}, [](Tensor& x) { x.index_select(0, torch::ones({2})); }},
      {"integers_in_place", {"Float", "Long"}, [](Tensor& x) { torch::arange(4).add_(x[0]); }},
      {"grad_of_integers", {"floating point"}, [](Tensor&) { torch::arange(4).requires_grad_(); }},
      {"mean_of_integers",
       {"mean(): could not infer output dtype. Input dtype must be either a floating point or "
        "complex dtype. Got: Long"},
       [](Tensor&) { torch::arange(4).mean(); }},
      {"negation_of_truth",
       {"Negation, the `-` operator, on a bool tensor is not supported"},
       [](Tensor& x) { -(x > 1); }},
      {"difference_of_truth",
       {"Subtraction, the `-` operator, with two bool tensors is not supported"},
       [](Tensor& x) { (x > 1) - (x > 2); }},
      {"fraction_in_place",
       {"result type Float can't be cast to the desired output type Int"},
       [](Tensor&) { torch::ones({2}, torch::kInt).add_(1.5); }},
      {"negative_power",
       {"Integers to negative integer powers are not allowed."},
       [](Tensor&) { torch::arange(3).pow(-1); }},
      {"relu_of_truth",
       {"Boolean inputs not supported for relu"},
       [](Tensor& x) { torch::relu(x > 1); }},
      {"index_put_dtypes",
       {"Index put requires the source and destination dtypes match, got Float for the destination "
        "and Double for the source."},
       [](Tensor& x) {
         x.clone().index_put_({torch::tensor({0})}, torch::ones({4}, torch::kDouble));
       }},
      {"targets",
       {"expected target dtype to be Long or Byte, but got Float"},
       [](Tensor& x) { torch::nll_loss(x, torch::ones({3})); }},
      // Numbers.
      {"item_too_large",
       {"value cannot be converted to type uint8_t without overflow: 300"},
       [](Tensor&) { torch::tensor(300).item<uint8_t>(); }},
      {"item_of_infinity",
       {"value cannot be converted to type int without overflow: inf"},
       [](Tensor& x) { (x[0][1] / 0).item<int>(); }},
      {"item_of_double",
       {"value cannot be converted to type float without overflow: 1e+300"},
       [](Tensor&) { torch::tensor(1e300, torch::kDouble).item<float>(); }},
      {"full_too_large",
       {"value cannot be converted to type uint8_t without overflow: 300"},
       [](Tensor&) { torch::full({2}, 300, torch::kByte); }},
      // A device that is not there.
      {"device", {"cuda"}, [](Tensor& x) { weft::eval(x.to(torch::Device(torch::kCUDA))); }},
      {"device_of_new",
       {"cuda"},
       [](Tensor&) { weft::eval(torch::zeros({2}, torch::TensorOptions().device(torch::kCUDA))); }},
      // Sizes.
      {"overflow",
       {"overflow"},
       [](Tensor&) { torch::zeros({int64_t{1} << 40, int64_t{1} << 40}); }},
      {"negative", {"negative"}, [](Tensor&) { torch::zeros({2, -1}); }},
      {"expand_overflow", {"overflow"}, [](Tensor& x) { x.expand({int64_t{1} << 60, 3, 4}) + 1; }},
      {"as_strided_overflow",
       {"overflow"},
       [](Tensor& x) { x.as_strided({int64_t{1} << 40, 2}, {int64_t{1} << 40, 1}); }},
      {"arange",
       {"upper bound and lower bound inconsistent with step sign"},
       [](Tensor&) { torch::arange(5, 0); }},
      {"arange_too_long",
       {"invalid size, possible overflow?"},
       [](Tensor&) { torch::arange(0, 1e300); }},
      {"linspace",
       {"number of steps must be non-negative"},
       [](Tensor&) { torch::linspace(0, 1, -1); }},
      {"no_memory_for_an_order", {"memory"}, [](Tensor&) { torch::randperm(1ll << 50); }},
      {"no_memory",
       {"1125899906842624"},
       [](Tensor&) { weft::eval(torch::ones({int64_t{1} << 48})); }},
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
  for (const std::string& part : mistake.says)
    EXPECT_NE(said.find(part), std::string::npos) << said << "\nexpected: " << part;
  EXPECT_EQ(said.find('\n'), std::string::npos) << said;
  EXPECT_NE(said.find("mistakes_test.cpp:"), std::string::npos) << said;
  EXPECT_EQ(x.sum().item<float>(), 66);
  EXPECT_EQ(pending.sum().item<float>(), 132);
  EXPECT_EQ((x + 1)[2][3].item<float>(), 12);
}
INSTANTIATE_TEST_SUITE_P(All, Mistakes, testing::Range<size_t>(0, mistakes().size()),
                         [](const auto& info) { return std::string(mistakes()[info.param].name); });

// A folder that nobody can write to fails the evaluation, not the program; the next one, without
// it, gives the value.
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
    EXPECT_NE(std::string(error.what()).find("cannot write the dump file /proc/nowhere/"),
              std::string::npos)
        << error.what();
    EXPECT_NE(std::string(error.what()).find("mistakes_test.cpp:"), std::string::npos)
        << error.what();
  }
  torch::runtime::set_knobs(before);
  EXPECT_EQ(y[2][3].item<float>(), 1024);
}

// What looks like a mistake and is none.
TEST(NoMistakes, HaveValues) {
  const Tensor u8 = torch::tensor({1}, torch::kByte), i32 = torch::tensor({1}, torch::kInt);
  EXPECT_EQ((u8 + 300).item<int>(), 45);
  EXPECT_EQ((i32 * ((int64_t{1} << 32) + 5)).item<int>(), 5);
  EXPECT_TRUE(torch::logsumexp(torch::ones({2, 0}), {1}).equal(torch::full({2}, -INFINITY)));
  EXPECT_FALSE(torch::ones({2}).equal(torch::ones({2}, torch::kLong)));
  EXPECT_EQ(Tensor().sizes(), torch::IntArrayRef({0}));
  EXPECT_TRUE(torch::ones({2, 0}).matmul(torch::ones({0, 3})).equal(torch::zeros({2, 3})));
  torch::nn::BatchNorm2d norm(3);
  norm(torch::ones({0, 3, 2, 2}));
  EXPECT_EQ(norm->running_var.sum().item<float>(), 3);
}

// Indices that are computed show only when they are used.
TEST(MistakesInValues, ThatOnlyValuesShow) {
  Tensor x = torch::arange(12, torch::kFloat).reshape({3, 4}), wrong = torch::tensor({0, 1}) * 3;
  const Tensor y = x.index_select(0, wrong) + 1;
  for (int again = 0; again < 2; ++again) try {
      weft::eval(y);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const c10::Error& error) {
      EXPECT_NE(
          std::string(error.what()).find("index 3 is out of bounds for dimension 0 with size 3"),
          std::string::npos)
          << error.what();
    }
  EXPECT_EQ(x.sum().item<float>(), 66);
}
}  // namespace
