// Gradients cross devices.
#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;

TEST(Gradients, OnOneDevice) {
  const Tensor w = torch::tensor({1., 2., 3.}, torch::TensorOptions(torch::kCUDA).requires_grad(true));
  (w * w).sum().backward();
  expect_on(w.grad(), cuda0);
  expect_equal(w.grad(), torch::tensor({2., 4., 6.}));
}

TEST(Gradients, Across) {
  const Tensor w = torch::tensor({1., 2., 3.}).requires_grad_();
  const Tensor y = (w + w).to(torch::kCUDA);
  EXPECT_EQ(y.grad_fn()->name(), "ToCopyBackward0");
  EXPECT_EQ(y.grad_fn()->next_edge(0).function->name(), "AddBackward0");
  (y * y).sum().backward();
  expect_on(w.grad(), torch::kCPU);
  expect_equal(w.grad(), torch::tensor({8., 16., 24.}));
}

TEST(Gradients, ThereAndBackWithAnotherType) {
  const Tensor w = torch::tensor({1., 2., 3.}).requires_grad_();
  const Tensor y = w.to(cuda1, torch::kDouble);
  EXPECT_EQ(y.scalar_type(), torch::kDouble);
  const Tensor loss = (y.exp().cpu() * torch::arange(3)).sum() + w.sum();
  loss.backward();
  EXPECT_EQ(w.grad().scalar_type(), torch::kFloat);
  EXPECT_TRUE(torch::allclose(w.grad(), w.detach().exp() * torch::arange(3) + 1));
}

TEST(Gradients, NumberOfTheHost) {
  const Tensor scale = torch::tensor(3.).requires_grad_();
  const Tensor x = torch::tensor({1., 2.}, torch::kCUDA);
  (x * scale).sum().backward();
  expect_on(scale.grad(), torch::kCPU);
  EXPECT_EQ(scale.grad().item<float>(), 3.f);
}

TEST(Gradients, OutputsOfSeveralDevices) {
  const Tensor w = torch::tensor({1., 2.}).requires_grad_();
  const Tensor v = w.to(torch::kCUDA);
  torch::autograd::backward({(w * 2).sum(), (v * 3).sum()}, {});
  expect_equal(w.grad(), torch::tensor({5., 5.}));
}

TEST(Gradients, GradOfGrad) {
  const Tensor w = torch::tensor({2.}).requires_grad_();
  const Tensor y = w.to(torch::kCUDA).pow(3).sum();
  const Tensor g = torch::autograd::grad({y}, {w}, {}, true, true)[0];
  expect_on(g, torch::kCPU);
  EXPECT_EQ(g.item<float>(), 12.f);
  EXPECT_EQ(torch::autograd::grad({g.sum()}, {w})[0].item<float>(), 12.f);
}

TEST(Gradients, CopyInPlace) {
  const Tensor w = torch::tensor({1., 2.}).requires_grad_();
  Tensor y = torch::zeros({2}, torch::kCUDA);
  y.copy_(w);
  (y * y).sum().backward();
  expect_equal(w.grad(), torch::tensor({2., 4.}));
}

TEST(Gradients, Given) {
  const Tensor w = torch::ones({2}, torch::TensorOptions(torch::kCUDA).requires_grad(true));
  refuses([&] { (w * 2).backward(torch::ones(2)); }, {"expected device cuda:0 but got cpu"});
  (w * 2).backward(torch::ones({2}, torch::kCUDA));
  expect_equal(w.grad(), torch::full({2}, 2.f));
}

TEST(Gradients, HooksAndFunctions) {
  struct Twice : torch::autograd::Function<Twice> {
    static Tensor forward(torch::autograd::AutogradContext* ctx, Tensor x) {
      ctx->save_for_backward({x});
      return x * 2;
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx,
                                                   torch::autograd::variable_list dy) {
      EXPECT_EQ(ctx->get_saved_variables()[0].device(), cuda0);
      EXPECT_EQ(dy[0].device(), cuda0);
      return {dy[0] * 2};
    }
  };
  const Tensor w = torch::ones({2}).requires_grad_();
  const Tensor x = w.to(torch::kCUDA);
  int seen = 0;
  x.register_hook([&](const Tensor& g) { seen += g.is_cuda(); });
  Twice::apply(x).sum().backward();
  EXPECT_EQ(seen, 1);
  expect_equal(w.grad(), torch::full({2}, 2.f));
}

TEST(Gradients, WithoutGrad) {
  const Tensor w = torch::ones({2}).requires_grad_();
  {
    torch::NoGradGuard no_grad;
    EXPECT_FALSE(w.to(torch::kCUDA).requires_grad());
  }
  EXPECT_FALSE(w.detach().cuda().requires_grad());
  const Tensor leaf = torch::ones({2}).cuda().requires_grad_();
  EXPECT_TRUE(leaf.is_leaf());
  EXPECT_FALSE(w.cuda().is_leaf());
}
