// What is drawn has the distribution it should have; initialisers leave what they promise.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "tests/frontend/nn/throws.h"

namespace {
namespace F = torch::nn::functional;
namespace init = torch::nn::init;
using torch::Tensor;
double number(const Tensor& t) { return t.to(torch::kDouble).item<double>(); }

TEST(Random, RreluDrawsSlopes) {
  torch::manual_seed(1);
  Tensor x = torch::full({20000}, -1.0).requires_grad_();
  const Tensor y = F::rrelu(x, F::RReLUFuncOptions().lower(0.2).upper(0.4).training(true));
  y.sum().backward();
  EXPECT_GE(number(x.grad().min()), 0.2);
  EXPECT_LE(number(x.grad().max()), 0.4);
  EXPECT_NEAR(number(x.grad().mean()), 0.3, 2e-3);
  EXPECT_TRUE(torch::equal(-y, x.grad()));
}

TEST(Random, GumbelSoftmaxSamplesClasses) {
  torch::manual_seed(1);
  const Tensor logits = torch::log(torch::tensor({0.2f, 0.5f, 0.3f})).expand({20000, 3});
  const Tensor soft = F::gumbel_softmax(logits);
  EXPECT_NEAR(number((soft.sum(1) - 1).abs().max()), 0, 1e-5);
  const Tensor hard = F::gumbel_softmax(logits, F::GumbelSoftmaxFuncOptions().hard(true).dim(1));
  EXPECT_NEAR(number((hard * (1 - hard)).abs().max()), 0, 1e-5);
  const Tensor shares = hard.mean(0);
  EXPECT_NEAR(number(shares[0]), 0.2, 0.015);
  EXPECT_NEAR(number(shares[1]), 0.5, 0.015);
}

// Zero is not among them: a logarithm of them, or a division, may follow.
TEST(Random, ExponentialNumbers) {
  torch::manual_seed(1);
  for (torch::Dtype dtype : {torch::kFloat, torch::kDouble}) {
    const Tensor x = torch::empty({400000}, dtype).exponential_(2);
    EXPECT_GT(number(x.min()), 0);
    EXPECT_TRUE(std::isfinite(number(x.max())));
    EXPECT_NEAR(number(x.mean()), 0.5, 4e-3);
    EXPECT_NEAR(number(x.var()), 0.25, 6e-3);
    EXPECT_NEAR(number((x > 1).to(torch::kDouble).mean()), std::exp(-2), 3e-3);
  }
}

// What is left of a normal distribution has its mean and its variance.
TEST(Random, AlphaDropoutKeepsMoments) {
  torch::manual_seed(1);
  const Tensor x = torch::randn({60000, 2});
  for (double p : {0.1, 0.5, 0.8})
    for (bool feature : {false, true}) {
      const Tensor y = feature ? torch::feature_alpha_dropout(x, p, true)
                               : torch::alpha_dropout(x, p, true);
      EXPECT_NEAR(number(y.mean()), 0, 0.02) << p;
      EXPECT_NEAR(number(y.var()), 1, 0.05) << p;
      EXPECT_NE(number(y.min()), number(x.min())) << p;
    }
}

TEST(Init, Orthogonal) {
  torch::manual_seed(1);
  for (std::vector<int64_t> sizes : {std::vector<int64_t>{40, 70}, {70, 40}, {6, 5, 3, 2}, {1, 1}}) {
    const Tensor w = init::orthogonal_(torch::empty(sizes), 3).reshape({sizes[0], -1}) / 3;
    const Tensor product = w.size(0) <= w.size(1) ? w.matmul(w.t()) : w.t().matmul(w);
    EXPECT_LT(number((product - torch::eye(product.size(0))).abs().max()), 1e-6) << w.sizes();
  }
  expect_throw("Only tensors with 2 or more dimensions are supported",
               [] { init::orthogonal_(torch::empty({3})); });
}

TEST(Init, TruncatedNormal) {
  torch::manual_seed(1);
  const Tensor x = init::trunc_normal_(torch::empty({40000}));
  EXPECT_GE(number(x.min()), -2);
  EXPECT_LE(number(x.max()), 2);
  EXPECT_NEAR(number(x.mean()), 0, 0.02);
  EXPECT_NEAR(number(x.std()), 0.8796, 0.01);
  const Tensor far = init::trunc_normal_(torch::empty({10000}), 0, 1, 3, 4);
  EXPECT_GE(number(far.min()), 3);
  EXPECT_NEAR(number(far.mean()), 3.2657, 0.01);
}

TEST(Init, Sparse) {
  torch::manual_seed(1);
  const Tensor w = init::sparse_(torch::empty({50, 20}), 0.3, 0.5);
  EXPECT_TRUE(torch::equal((w == 0).sum(0), torch::full({20}, 15, torch::kLong)));
  EXPECT_NEAR(number(w.square().sum() / 700), 0.25, 0.05);
  expect_throw("Only tensors with 2 dimensions are supported",
               [] { init::sparse_(torch::empty({2, 2, 2}), 0.5); });
}
}  // namespace
