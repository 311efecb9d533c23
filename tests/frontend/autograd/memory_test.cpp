// What a backward keeps, and for how long: measured by what the allocator has handed out.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "runtime/device/buffer.h"

namespace {
using torch::Tensor;
constexpr int64_t kRows = 64, kWide = 4096;
constexpr size_t kBytes = size_t(kRows) * kWide * sizeof(float);

size_t allocated() { return torch::runtime::memory_statistics().allocated; }

// `depth` tanhs, each of which saves its result.
Tensor deep(Tensor x, int depth) {
  for (int i = 0; i < depth; ++i) x = (x * 1.01).tanh();
  return x.sum();
}

TEST(Memory, SavedValuesGoWithTheBackward) {
  Tensor x = torch::ones({kRows, kWide}).requires_grad_();
  weft::eval(x);
  const size_t before = allocated();
  Tensor loss = deep(x, 8);
  loss.item();
  EXPECT_GE(allocated() - before, 7 * kBytes);  // kept for the gradient
  loss.backward({}, true);
  weft::eval(x.grad());
  EXPECT_GE(allocated() - before, 8 * kBytes);
  loss.backward();
  weft::eval(x.grad());
  EXPECT_LE(allocated() - before, 2 * kBytes);  // the gradient alone, though the loss lives
  EXPECT_THROW(loss.backward(), c10::Error);
}

TEST(Memory, NothingIsSavedWithoutGrad) {
  Tensor x = torch::ones({kRows, kWide}).requires_grad_();
  weft::eval(x);
  auto peak = [&](bool grad) {
    torch::AutoGradMode mode(grad);
    torch::runtime::reset_peak_memory();
    const size_t before = allocated();
    deep(x, 16).item();
    return torch::runtime::memory_statistics().peak - before;
  };
  const size_t with = peak(true), without = peak(false);
  EXPECT_GE(with, 15 * kBytes);
  EXPECT_LE(without, 5 * kBytes);  // what two ops at a time read and write
}

// What the gradient that is still to be computed needs outlives the tensors.
TEST(Memory, SavedResultsOutliveTheirTensors) {
  Tensor x = torch::tensor({0.3}).requires_grad_(), y = (x * 0.7 + 0.1).exp();
  Tensor loss = (y * 2).sum();
  loss.item();
  loss.backward();
  loss = y = Tensor();
  EXPECT_NEAR(x.grad().item<float>(), 1.4 * std::exp(0.31), 1e-6);
}

// A result that only its own gradient reads is nobody's to overwrite.
TEST(Memory, SavedResultsAreNotWrittenOver) {
  auto gradient = [](bool looks) {
    auto look = [looks](const Tensor& t) {
      if (looks) t.sum().item();
    };
    Tensor x = torch::tensor({0.3f, 0.5f}).requires_grad_(), y = torch::tensor({0.7f, -0.5f}),
           z = torch::tensor({-0.3f, 0.2f}).requires_grad_();
    y.requires_grad_();
    Tensor h = y * y + 0.1;
    look(h);
    const Tensor a = h.tanh() + h, b = (x + a) * 0.5;
    h = x * y + 0.1;
    look(h);
    const Tensor c = h.tanh() + h;
    h = a * z + 0.1;
    look(h);
    (b.sum() + (a * 0.3).sin().sum() + (c * 0.3).sin().sum()).backward();
    return y.grad();
  };
  EXPECT_TRUE(torch::allclose(gradient(true), gradient(false)));
}

TEST(Memory, FunctionsLetGoOfWhatTheySaved) {
  struct Square : torch::autograd::Function<Square> {
    static Tensor forward(torch::autograd::AutogradContext* ctx, Tensor x) {
      ctx->save_for_backward({x});
      return x * x;
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx,
                                                   torch::autograd::variable_list dy) {
      return {dy[0] * 2 * ctx->get_saved_variables()[0]};
    }
  };
  Tensor x = torch::ones({kRows, kWide}).requires_grad_();
  weft::eval(x);
  const size_t before = allocated();
  Tensor y = x;
  for (int i = 0; i < 6; ++i) y = Square::apply(y * 0.5);
  Tensor loss = y.sum();
  y = Tensor();
  loss.item();
  EXPECT_GE(allocated() - before, 5 * kBytes);
  loss.backward();
  weft::eval(x.grad());
  EXPECT_LE(allocated() - before, 2 * kBytes + 64);  // and the loss
}

TEST(Memory, GraphsWithFunctionsEnd) {
  struct Keeps : torch::autograd::Function<Keeps> {
    static Tensor forward(torch::autograd::AutogradContext* ctx, Tensor x) {
      Tensor y = x.exp();
      ctx->save_for_backward({x, y});
      return y;
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx,
                                                   torch::autograd::variable_list dy) {
      return {dy[0] * ctx->get_saved_variables()[1]};
    }
  };
  const size_t before = allocated();
  for (int i = 0; i < 4; ++i) {
    Tensor x = torch::ones({kRows, kWide}).requires_grad_(), y = Keeps::apply(x * 1);
    y.retain_grad();
    y.register_hook([](Tensor g) { return g * 2; });
    y.sum().backward({}, true);
    y.sum().item();
  }
  EXPECT_LE(allocated() - before, kBytes / 2);
}
}  // namespace
