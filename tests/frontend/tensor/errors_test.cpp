// Mistakes in calls of tensor functions: libtorch's sentence, at the line of the call, and nothing has changed.
#include "tests/frontend/nn/throws.h"

namespace {
using torch::Tensor;

struct Mistake {
  const char* sentence;
  std::function<void(Tensor)> call;
};

const std::vector<Mistake> mistakes = {
    {"The size of tensor a (4) must match the size of tensor b (5) at non-singleton dimension 1", [](Tensor x) { x + torch::ones({5}); }},
    {"mat1 and mat2 shapes cannot be multiplied (3x4 and 3x4)", [](Tensor x) { x.matmul(x); }},
    {"mat1 and mat2 shapes cannot be multiplied (3x4 and 1x4)", [](Tensor x) { torch::mm(x, torch::ones({1, 4})); }},
    {"shape '[5]' is invalid for input of size 12", [](Tensor x) { x.view({5}); }},
    {"shape '[7, -1]' is invalid for input of size 12", [](Tensor x) { x.reshape({7, -1}); }},
    {"view size is not compatible with input tensor's size and stride", [](Tensor x) { x.t().view({12}); }},
    {"select(): index 7 out of range for tensor of size [3, 4] at dimension 0", [](Tensor x) { x.select(0, 7); }},
    {"start (3) + length (3) exceeds dimension size (4)", [](Tensor x) { x.narrow(1, 3, 3); }},
    {"Sizes of tensors must match except in dimension 0. Expected size 4 but got size 2 for tensor number 1 in the list.",
     [](Tensor x) { torch::cat({x, torch::ones({2, 2})}); }},
    {"stack expects each tensor to be equal size, but got [3, 4] at entry 0 and [1, 4] at entry 1",
     [](Tensor x) { torch::stack({x, torch::ones({1, 4})}); }},
    {"Dimension out of range (expected to be in range of [-2, 1], but got 3)", [](Tensor x) { x.sum(3); }},
    {"Dimension out of range (expected to be in range of [-2, 1], but got 5)", [](Tensor x) { x.transpose(0, 5); }},
    {"Dimension out of range (expected to be in range of [-3, 2], but got 5)", [](Tensor x) { x.unsqueeze(5); }},
    {"Dimension out of range (expected to be in range of [-2, 1], but got 2)", [](Tensor x) { torch::softmax(x, 2); }},
    {"The expanded size of the tensor (7) must match the existing size (3) at non-singleton dimension 0.  Target sizes: [7, 4].  "
     "Tensor sizes: [3, 4]", [](Tensor x) { x.expand({7, 4}); }},
    {"permute(): duplicate dims are not allowed.", [](Tensor x) { x.permute({0, 0}); }},
    {"negative dimension", [](Tensor) { torch::zeros({-1}); }},
    {"a Tensor with 12 elements cannot be converted to Scalar", [](Tensor x) { x.item(); }},
    {"mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long",
     [](Tensor x) { x.to(torch::kLong).mean(); }},
    {"index 5 is out of bounds for dimension 0 with size 3", [](Tensor x) { x.index({5}); }},
    {"index 9 is out of bounds for dimension 1 with size 4",
     [](Tensor x) { weft::eval(x.gather(1, torch::full({3, 1}, 9, torch::kLong))); }},
    {"output with shape [3, 4] doesn't match the broadcast shape [2, 3, 4]", [](Tensor x) { x.add_(torch::ones({2, 3, 4})); }},
    {"result type Float can't be cast to the desired output type Int", [](Tensor) { torch::ones({2}, torch::kInt).add_(1.5); }},
    {"upper bound and lower bound inconsistent with step sign", [](Tensor) { torch::arange(5, 0); }},
    {"number of steps must be non-negative", [](Tensor) { torch::linspace(0, 1, -1); }},
    {"Integers to negative integer powers are not allowed.", [](Tensor) { torch::arange(3).pow(-1); }},
    {"Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.",
     [](Tensor) { torch::zeros({0}).max(); }},
    {"Negation, the `-` operator, on a bool tensor is not supported", [](Tensor x) { -(x > 1); }},
    {"Subtraction, the `-` operator, with two bool tensors is not supported", [](Tensor x) { (x > 1) - (x > 2); }},
    {"both arguments to matmul need to be at least 1D, but they are 0D and 2D", [](Tensor x) { torch::tensor(1.0f).matmul(x); }},
    {"batch1 must be a 3D tensor", [](Tensor x) { x.bmm(x); }},
    {"a leaf Variable that requires grad is being used in an in-place operation.", [](Tensor x) { x.clone().requires_grad_().add_(1); }},
    {"element 0 of tensors does not require grad and does not have a grad_fn", [](Tensor x) { x.sum().backward(); }},
    {"grad can be implicitly created only for scalar outputs", [](Tensor x) { (x.clone().requires_grad_() * 2).backward(); }},
    {"only Tensors of floating point", [](Tensor) { torch::arange(3).requires_grad_(); }},
};

TEST(TensorErrors, LibtorchsSentencesAndNothingHasChanged) {
  for (const Mistake& m : mistakes) {
    const Tensor x = torch::arange(12, torch::kFloat).view({3, 4});
    expect_throw(m.sentence, [&] { m.call(x); });
    EXPECT_EQ(x.sum().item<float>(), 66) << m.sentence;
    EXPECT_EQ(x.sizes(), torch::IntArrayRef({3, 4})) << m.sentence;
  }
}

TEST(TensorErrors, TensorsThatNoMachineHolds) {
  const Tensor x = torch::ones({2});
  expect_throw("memory", [] { weft::eval(torch::zeros({int64_t(1) << 50}) + 1); });
  expect_throw("overflow", [] { torch::zeros({int64_t(1) << 40, int64_t(1) << 40}); });  // its size has no 64-bit number
  expect_throw("overflow", [] { torch::ones({1}).expand({int64_t(1) << 40, int64_t(1) << 40}); });
  EXPECT_EQ(x.sum().item<float>(), 2);
}
}  // namespace
