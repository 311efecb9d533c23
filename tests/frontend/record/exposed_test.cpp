// Memory whose address the program has: what was recorded before sees the old bytes, what is
// recorded later the new ones.
#include <gtest/gtest.h>

#include <vector>

#include "frontend/autograd/autograd.h"
#include "frontend/record/eval.h"
#include "frontend/record/ledger.h"
#include "frontend/tensor/accessor.h"
#include "frontend/tensor/namespaces.h"
#include "frontend/tensor/operators.h"

namespace {
using torch::Tensor;

std::vector<float> values(const Tensor& t) {
  const Tensor flat = t.detach().clone().reshape({-1});
  std::vector<float> v;
  for (int64_t i = 0; i < flat.numel(); ++i) v.push_back(flat[i].item<float>());
  return v;
}
using V = std::vector<float>;

TEST(Exposed, AReadIsACopyOfTheMoment) {
  Tensor x = torch::tensor({1.0, 2.0});
  float* p = x.data_ptr<float>();
  Tensor y = x + 1;
  p[0] = 5;
  EXPECT_EQ(values(y), (V{2, 3}));
  EXPECT_EQ(values(x + 1), (V{6, 3}));
  EXPECT_EQ(values(x), (V{5, 2}));
}

TEST(Exposed, TheAddressStaysAndInPlaceResultsLandThere) {
  Tensor x = torch::tensor({1.0, 2.0});
  float* p = x.data_ptr<float>();
  x.mul_(3);
  EXPECT_EQ(p[0], 3);
  x[1] = 7;
  EXPECT_EQ(p[1], 7);
  EXPECT_EQ(x.data_ptr<float>(), p);
  x.copy_(torch::tensor({8.0, 9.0}));
  EXPECT_EQ(p[0], 8);
}

TEST(Exposed, ACopyMadeBeforeIsNotTouched) {
  Tensor x = torch::tensor({1.0, 2.0});
  Tensor y = x.clone();
  Tensor z = x * 1;
  float* p = x.data_ptr<float>();
  p[0] = 100;
  EXPECT_EQ(values(y), (V{1, 2}));
  EXPECT_EQ(values(z), (V{1, 2}));
  float* q = y.data_ptr<float>();
  EXPECT_NE(p, q);
  q[1] = 200;
  EXPECT_EQ(values(x), (V{100, 2}));
}

TEST(Exposed, ForReadingAloneItIsAMirror) {
  Tensor x = torch::tensor({1.0, 2.0});
  const float* p = x.const_data_ptr<float>();
  Tensor y = x + 1;
  x.add_(10);
  EXPECT_EQ(p[0], 11);
  EXPECT_EQ(values(y), (V{2, 3}));
  float* w = x.data_ptr<float>();
  EXPECT_EQ(w, p);
  w[0] = 4;
  EXPECT_EQ(values(x), (V{4, 12}));
}

TEST(Exposed, ViewsShareTheMemory) {
  Tensor x = torch::arange(6, torch::kFloat).reshape({2, 3});
  Tensor row = x[1], column = x.t()[2];
  float* p = x.data_ptr<float>();
  p[5] = 50;
  EXPECT_EQ(values(row), (V{3, 4, 50}));
  EXPECT_EQ(values(column), (V{2, 50}));
  column.zero_();
  EXPECT_EQ(p[2], 0);
  EXPECT_EQ(p[5], 0);
  EXPECT_EQ(row.data_ptr<float>(), p + 3);
  EXPECT_EQ(x.t().data_ptr<float>(), p);
}

TEST(Exposed, StridesSayWhereElementsLie) {
  Tensor x = torch::arange(6, torch::kFloat).reshape({2, 3});
  Tensor y = x.t() + 0.0;  // keeps its operand's order of dims
  EXPECT_EQ(y.strides().vec(), (std::vector<int64_t>{1, 3}));
  auto a = y.accessor<float, 2>();
  EXPECT_EQ(a[2][1], 5);
  a[2][1] = 55;
  EXPECT_EQ(values(y), (V{0, 3, 1, 4, 2, 55}));
}

TEST(Exposed, BlobsOfTheProgram) {
  std::vector<float> memory{1, 2, 3, 4, 5, 6};
  bool let_go = false;
  {
    Tensor x = torch::from_blob(
        memory.data(), {3, 2}, {1, 3}, [&](void*) { let_go = true; }, torch::kFloat);
    EXPECT_EQ(values(x), (V{1, 4, 2, 5, 3, 6}));
    Tensor y = x.sum();
    memory[0] = 10;
    EXPECT_EQ(y.item<float>(), 21);
    EXPECT_EQ(x.sum().item<float>(), 30);
    x.mul_(2);
    EXPECT_EQ(memory[5], 12);
    EXPECT_EQ(x.data_ptr<float>(), memory.data());
  }
  EXPECT_TRUE(let_go);
}

TEST(Exposed, LeavesKeepTheirGradients) {
  Tensor w = torch::tensor({1.0, 2.0}).requires_grad_();
  float* p = w.data_ptr<float>();
  Tensor a = (w * w).sum();
  p[0] = 3;
  Tensor b = (w * w).sum();
  (a + b).backward();
  EXPECT_EQ(values(w.grad()), (V{2 + 6, 8}));
  {
    torch::NoGradGuard no_grad;
    w -= 0.5 * w.grad();
  }
  EXPECT_EQ(p[0], -1);
  EXPECT_EQ(p[1], -2);
}

TEST(Exposed, HistoryAndValueOfAResult) {
  Tensor w = torch::tensor({1.0, 2.0}).requires_grad_();
  Tensor y = w * 3;
  float* p = y.data_ptr<float>();
  p[0] = 10;
  (y * y).sum().backward();
  EXPECT_EQ(values(w.grad()), (V{2 * 10 * 3, 2 * 6 * 3}));
}

TEST(Exposed, AStepIsOneBarrier) {
  std::vector<Tensor> ws;
  std::vector<float*> ps;
  for (int i = 0; i < 4; ++i) {
    ws.push_back(torch::ones({3}));
    ps.push_back(ws.back().data_ptr<float>());
  }
  torch::clear_ledger();
  {
    torch::record::Step step("a step", torch::Location::current());
    for (Tensor& w : ws) w.mul_(2).add_(1);
    step.end();
  }
  EXPECT_EQ(torch::ledger().barrier_count, 1u);
  for (float* p : ps) EXPECT_EQ(p[2], 3);
  torch::clear_ledger();
  for (Tensor& w : ws) w.add_(1);
  EXPECT_EQ(torch::ledger().barrier_count, 4u);
  EXPECT_EQ(ps[0][0], 4);
}

TEST(Exposed, EmptyTensorsHaveNoAddress) {
  EXPECT_EQ(torch::zeros({0, 3}).data_ptr<float>(), nullptr);
  EXPECT_EQ(torch::zeros({2, 3}).slice(0, 1, 1).data_ptr<float>(), nullptr);
}

TEST(Exposed, ItemExposesNothing) {
  Tensor x = torch::ones({2});
  x[0].item<float>();
  torch::clear_ledger();
  x.add_(1);  // evaluated only when somebody looks
  EXPECT_EQ(torch::ledger().barrier_count, 0u);
}
}  // namespace
