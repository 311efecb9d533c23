// What golden numbers cannot show: draws, generators, functions with out, geometry in place.
#include <gtest/gtest.h>
#include <torch/torch.h>

namespace {
using torch::Tensor;

TEST(Generators, AreSequencesOfTheirOwn) {
  torch::Generator a = at::detail::createCPUGenerator(7), b = at::detail::createCPUGenerator(7);
  torch::manual_seed(1);
  const Tensor first = torch::rand({5}, a), process = torch::rand({5});
  EXPECT_TRUE(torch::equal(first, torch::rand({5}, b)));
  EXPECT_FALSE(torch::equal(first, torch::rand({5}, a)));
  torch::manual_seed(1);
  EXPECT_TRUE(torch::equal(process, torch::rand({5})));  // not moved by a and b
  a.set_current_seed(7);
  EXPECT_EQ(a.current_seed(), 7u);
  torch::Generator c = a.clone();
  EXPECT_TRUE(torch::equal(torch::randn({4}, a), torch::empty({4}).normal_(0, 1, c)));
  EXPECT_TRUE(torch::equal(torch::randperm(9, a), torch::randperm(9, c)));
  EXPECT_EQ(at::detail::getDefaultCPUGenerator().current_seed(), 1u);
}

TEST(Draws, HaveTheirDistributions) {
  torch::manual_seed(3);
  const int64_t n = 20000;
  EXPECT_NEAR(torch::empty({n}).log_normal_(0, 0.5).log().std().item<double>(), 0.5, 0.02);
  EXPECT_NEAR(torch::empty({n}).cauchy_(2, 1).median().item<double>(), 2, 0.05);
  const Tensor trials = torch::empty({n}).geometric_(0.25);
  EXPECT_NEAR(trials.mean().item<double>(), 4, 0.15);
  EXPECT_EQ(trials.min().item<double>(), 1);
  EXPECT_NEAR(torch::bernoulli(torch::empty({n}), 0.3).mean().item<double>(), 0.3, 0.02);
  const Tensor weights = torch::tensor({1.f, 0.f, 3.f});
  const Tensor drawn = weights.multinomial(n, true);
  EXPECT_EQ(drawn.scalar_type(), torch::kLong);
  EXPECT_NEAR((drawn == 2).to(torch::kFloat).mean().item<double>(), 0.75, 0.02);
  EXPECT_EQ((drawn == 1).sum().item<int64_t>(), 0);
  int64_t second_first = 0;
  for (int i = 0; i < 200; ++i) {
    const Tensor both = weights.multinomial(2);
    EXPECT_EQ(std::get<0>(both.sort()).eq(torch::tensor({0, 2})).all().item<bool>(), true);
    second_first += both[0].item<int64_t>() == 2;
  }
  EXPECT_NEAR(static_cast<double>(second_first) / 200, 0.75, 0.12);
  EXPECT_THROW(torch::zeros({3}).multinomial(1).item(), c10::Error);
  EXPECT_EQ(torch::ones({2, 5}).multinomial(3).sizes(), torch::IntArrayRef({2, 3}));
}

TEST(Out, GetsTheResultAndItsSizes) {
  const Tensor a = torch::arange(6.).reshape({2, 3});
  Tensor out = torch::empty({0});
  EXPECT_TRUE(torch::add_out(out, a, a).is_same(out));
  EXPECT_TRUE(torch::equal(out, a + a));
  Tensor wide = torch::zeros({3}, torch::kDouble);
  torch::sum_out(wide, a, {0});
  EXPECT_TRUE(torch::equal(wide, a.sum(0).to(torch::kDouble)));
  Tensor base = torch::zeros({2, 6});
  Tensor part = base.slice(1, 0, 3);
  torch::exp_out(part, a);
  EXPECT_TRUE(torch::equal(base.slice(1, 0, 3), a.exp()));
  EXPECT_EQ(base.slice(1, 3).sum().item<float>(), 0);
  Tensor whole = torch::zeros({2, 3}, torch::kLong);
  EXPECT_THROW(torch::exp_out(whole, a), c10::Error);
  Tensor leaf = torch::zeros({2, 3}).requires_grad_();
  EXPECT_THROW(torch::exp_out(leaf, a), c10::Error);
}

TEST(Geometry, InPlaceKeepsMemoryAndHistory) {
  Tensor base = torch::arange(6.).reshape({2, 3}), same = base;
  const Tensor view = base.alias();
  base.transpose_(0, 1).unsqueeze_(0);
  EXPECT_EQ(same.sizes(), torch::IntArrayRef({1, 3, 2}));
  EXPECT_EQ(view.sizes(), torch::IntArrayRef({2, 3}));
  same.mul_(2);
  EXPECT_EQ(view[1][2].item<float>(), 10);
  Tensor x = torch::ones({2, 3}).requires_grad_(), y = x * 2;
  y.unsqueeze_(0).squeeze_(0).t_();
  (y * torch::arange(6.).reshape({3, 2})).sum().backward();
  EXPECT_TRUE(torch::equal(x.grad(), torch::arange(6.).reshape({3, 2}).t() * 2));
  EXPECT_THROW(x.t_(), c10::Error);  // a leaf
  Tensor grows = torch::arange(3.);
  grows.resize_({2, 3});
  EXPECT_TRUE(torch::equal(grows[0], torch::arange(3.)));
  EXPECT_THROW(x.resize_({1}), c10::Error);
  EXPECT_TRUE(base.is_set_to(same));
  EXPECT_TRUE(base.is_alias_of(view));
  EXPECT_FALSE(base.is_set_to(view));
}

TEST(InPlace, WhatIsOverwrittenIsCopiedForGradients) {
  Tensor x = torch::tensor({0.5f, 2.f}).requires_grad_(), y = x * 1;
  y.cumsum_(0);
  y.cumprod_(0);
  y.hypot_(torch::tensor({1.f, 1.f}));
  y.sum().backward();
  Tensor same = torch::tensor({0.5f, 2.f}).requires_grad_();
  torch::hypot(same.cumsum(0).cumprod(0), torch::tensor({1.f, 1.f})).sum().backward();
  EXPECT_TRUE(torch::equal(x.grad(), same.grad()));
  // what others saved of it does count
  Tensor z = x * 1, saved = z.square();
  z.hypot_(torch::tensor({1.f, 1.f}));
  EXPECT_THROW(saved.sum().backward(), c10::Error);
}

TEST(InPlace, ValuesAreAddedToASlice) {
  Tensor x = torch::ones({3, 2});
  const torch::indexing::TensorIndex rows[] = {torch::indexing::Slice(0, 2), 1};
  x.index_put_(rows, torch::tensor({2.f, 3.f}), /*accumulate=*/true);
  EXPECT_TRUE(torch::equal(x, torch::tensor({{1.f, 3.f}, {1.f, 4.f}, {1.f, 1.f}})));
}

TEST(Braces, PrintAsTheyWereWritten) {
  using Braces = torch::detail::TensorDataContainer;
  EXPECT_EQ(c10::str(Braces(1.1)), "1.1");
  EXPECT_EQ(c10::str(Braces({{1, 2}, {3, 4}})), "{{1, 2}, {3, 4}}");
  EXPECT_EQ(c10::str(Braces({{{}}})), "{{{}}}");
  EXPECT_THROW(Braces(1.1).init_list(), c10::Error);
}
}  // namespace
