// A backward in another thread than the one that recorded.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <thread>

namespace {
using torch::Tensor;

// Several ops that save their results, and one in the middle that a look at it makes known.
Tensor graph(const Tensor& x) {
  Tensor h = (x * 0.5).tanh();
  h.sum().item();
  return (h.exp() * h).sigmoid().sum();
}
Tensor expected(const Tensor& x) {
  return torch::autograd::grad({graph(x)}, {x})[0];
}
// Evaluates all that this thread has recorded.
void look_elsewhere() { (torch::ones({3}) * 2).sum().item(); }

TEST(Threads, ABackwardElsewhereKeepsWhatItReads) {
  Tensor x = torch::tensor({0.3f, -0.7f, 1.1f}).requires_grad_();
  const Tensor wanted = expected(x);
  weft::eval(wanted);
  Tensor loss = graph(x);
  loss.item();
  std::thread([&] { loss.backward(); }).join();
  look_elsewhere();
  EXPECT_TRUE(torch::equal(x.grad(), wanted));
  EXPECT_THROW(loss.backward(), c10::Error);
}

TEST(Threads, TheRecordersOwnBackwardKeepsWhatAnotherReads) {
  Tensor x = torch::tensor({0.3f, -0.7f, 1.1f}).requires_grad_();
  const Tensor wanted = expected(x);
  weft::eval(wanted);
  Tensor loss = graph(x), other;
  loss.item();
  std::thread([&] { other = torch::autograd::grad({loss}, {x}, {}, true)[0]; }).join();
  loss.backward();
  look_elsewhere();
  EXPECT_TRUE(torch::equal(x.grad(), wanted));
  EXPECT_TRUE(torch::equal(other, wanted));
}

TEST(Threads, ABackwardBesideAnEvaluation) {
  Tensor x = torch::tensor({0.3f, -0.7f, 1.1f}).requires_grad_();
  const Tensor wanted = expected(x);
  weft::eval(wanted);
  for (int i = 0; i < 100; ++i) {
    Tensor loss = graph(x);
    std::thread beside([&] {
      loss.backward();
      if (i % 2) weft::eval(x.grad());
    });
    for (int k = 0; k < 3; ++k) look_elsewhere();
    beside.join();
    ASSERT_TRUE(torch::equal(x.grad(), wanted)) << i;
    x.mutable_grad() = Tensor();
  }
}
}  // namespace
