// Indices that numbers of the program make are looked at when they are used, without an evaluation.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <functional>
#include <string>

namespace {
using torch::Tensor;

// What the call says that refuses; nothing when it does not.
std::string refusal(const std::function<void()>& call) {
  try {
    call();
    return "";
  } catch (const c10::Error& error) {
    return error.what();
  }
}
bool names(const std::string& said, const std::string& part) {
  return said.find(part) != std::string::npos;
}
// `n` ones, at `place` another number.
Tensor ones_but(int64_t n, int64_t place, int64_t other) {
  Tensor index = torch::ones({n}, torch::kLong);
  index.index_put_({place}, other);
  return index;
}

TEST(Fold, AnIndexOutOfRangeIsRefusedByTheCall) {
  const Tensor x = torch::zeros({5}) + torch::ones({5});
  torch::clear_ledger();
  for (const Tensor& index : {ones_but(20, -1, 10), ones_but(20, 0, -6)}) {
    EXPECT_TRUE(names(refusal([&] { x.index({index}); }), "out of bounds for dimension 0"));
    EXPECT_TRUE(names(refusal([&] { x.clone().index_put_({index}, 0); }), "with size 5"));
    EXPECT_TRUE(names(refusal([&] { x.take(index); }), "out of bounds"));
    EXPECT_TRUE(names(refusal([&] { x.index_select(0, index); }), "fold_test.cpp:"));
    EXPECT_TRUE(names(refusal([&] { x.gather(0, index); }), "index "));
  }
  EXPECT_EQ(torch::ledger().barrier_count, 0u);
  EXPECT_EQ(x.index({ones_but(3, 1, -5)}).sum().item<float>(), 3);
}

TEST(Fold, TheSameGraphWithOtherNumbersIsAnotherIndex) {
  const Tensor x = torch::arange(4, torch::kFloat);
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(refusal([&] { x.index({torch::arange(1, 4)}); }), "");
    EXPECT_TRUE(names(refusal([&] { x.index({torch::arange(2, 5)}); }), "index 4 "));
    EXPECT_TRUE(names(refusal([&] { x.index({torch::arange(-5, -2)}); }), "index -5 "));
    EXPECT_EQ(refusal([&] { x.index({torch::arange(-4, -1)}); }), "");
  }
}

TEST(Fold, PicksOfEachRowAreNoBarrier) {
  const Tensor x = torch::arange(12, torch::kFloat).reshape({3, 4}) * 2;
  const Tensor actions = torch::tensor({3, 0, 2}, torch::kLong);
  torch::clear_ledger();
  const Tensor picked = x.index({torch::arange(3), actions});
  EXPECT_EQ(torch::ledger().barrier_count, 0u);
  EXPECT_TRUE(picked.equal(torch::tensor({6.f, 8.f, 20.f})));
}

TEST(Fold, WhatIsWrittenLaterIsNotWhatWasFolded) {
  const Tensor x = torch::arange(4, torch::kFloat);
  Tensor index = torch::zeros({2}, torch::kLong);
  const Tensor before = x.index({index});
  index.add_(3);
  const Tensor after = x.index({index});
  index.add_(1);
  EXPECT_TRUE(names(refusal([&] { x.index({index}); }), "index 4 "));
  EXPECT_EQ(before.sum().item<float>(), 0);
  EXPECT_EQ(after.sum().item<float>(), 6);
}

TEST(Fold, WhatIsRandomOrLargeOrFailsIsRefusedWhenItIsRead) {
  const Tensor x = torch::arange(4, torch::kFloat);
  const Tensor zero = torch::zeros({2}, torch::kLong);
  for (const Tensor& index :
       {torch::randint(4, 9, {8}, torch::kLong), torch::full({3000}, 4, torch::kLong),
        torch::floor_divide(zero + 1, zero)}) {
    Tensor y;
    EXPECT_EQ(refusal([&] { y = x.index({index}); }), "");
    EXPECT_NE(refusal([&] { y.sum().item<float>(); }), "");
  }
}

// Truth values and classes are looked at in the same way.
TEST(Fold, ClassesOutOfRange) {
  namespace F = torch::nn::functional;
  torch::clear_ledger();
  const Tensor scores = torch::zeros({3, 2}) + 1;
  const auto loss = [&](int64_t of) { F::nll_loss(scores, torch::full({3}, of, torch::kLong)); };
  EXPECT_TRUE(names(refusal([&] { loss(2); }), "Target 2 is out of bounds."));
  EXPECT_EQ(refusal([&] { loss(1); }), "");
  EXPECT_EQ(torch::ledger().barrier_count, 0u);
}
}  // namespace
