// Copies that nobody waits for: from pinned memory, and to it.
#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;
namespace nn = torch::nn;

namespace {
std::vector<double> losses(bool beside) {
  torch::manual_seed(7);
  nn::Sequential model(nn::Linear(6, 16), nn::Tanh(), nn::Linear(16, 1));
  model->to(torch::kCUDA);
  torch::optim::SGD sgd(model->parameters(), torch::optim::SGDOptions(0.1).momentum(0.9));
  const Tensor all = torch::randn({8, 32, 6});
  std::vector<Tensor> kept;
  for (int step = 0; step < 10; ++step) {
    const Tensor batch = beside ? all[step % 8].pin_memory() : all[step % 8];
    const Tensor x = batch.to(torch::kCUDA, torch::kFloat, /*non_blocking=*/beside);
    sgd.zero_grad();
    const Tensor loss = (model->forward(x) - x.sum(1, true)).square().mean();
    loss.backward();
    sgd.step();
    kept.push_back(loss.detach().to(torch::kCPU, torch::kFloat, /*non_blocking=*/beside));
  }
  std::vector<double> values;
  for (const Tensor& loss : kept) values.push_back(loss.item<double>());
  return values;
}
}  // namespace

TEST(Overlap, TrainsTheSame) { EXPECT_EQ(losses(true), losses(false)); }

TEST(Overlap, NobodyWaits) {
  const Tensor batch = torch::arange(6.0).pin_memory();
  torch::eval(batch);
  torch::clear_ledger();
  const Tensor x = batch.to(cuda0, torch::kFloat, true), y = x * 2;
  const Tensor back = y.to(torch::kCPU, torch::kFloat, true);
  EXPECT_EQ(torch::ledger().wait_count, 0u);
  EXPECT_TRUE(back.is_pinned());
  expect_on(back, torch::kCPU);
  EXPECT_EQ(back[5].item<float>(), 10.f);
  const torch::Ledger ledger = torch::ledger();
  EXPECT_EQ(ledger.wait_count, 1u);
  torch::clear_ledger();
  expect_equal(back, torch::arange(6.0) * 2);  // it is there now
  EXPECT_EQ(torch::ledger().wait_count, 0u);
}

// What comes is what was, whatever becomes of the tensor.
TEST(Overlap, WhatWasIsWhatComes) {
  std::vector<Tensor> came;
  Tensor x = torch::zeros({1000}, torch::kCUDA);
  for (int i = 0; i < 8; ++i) {
    x.add_(1);
    came.push_back(x.to(torch::kCPU, torch::kFloat, true));
    torch::full({1000}, -1, torch::kCUDA).add_(i);
  }
  x.fill_(100);
  torch::eval(x);
  x = Tensor();
  torch::full({1000}, -5, torch::kCUDA).sum().item<float>();
  for (int i = 0; i < 8; ++i)
    EXPECT_TRUE(came[static_cast<size_t>(i)].eq(i + 1).all().item<bool>()) << i;
}

TEST(Overlap, IntoPinnedMemory) {
  const Tensor x = torch::arange(100.0, torch::kCUDA);
  Tensor here = torch::empty({100}).pin_memory(), plain = torch::empty({100});
  torch::clear_ledger();
  here.copy_(x, /*non_blocking=*/true);
  EXPECT_EQ(torch::ledger().wait_count, 0u);
  plain.copy_(x, /*non_blocking=*/true);  // not pinned: waits
  EXPECT_EQ(torch::ledger().wait_count, 1u);
  expect_equal(here, x);
  expect_equal(plain, x);
  const Tensor half = x.to(torch::kCPU, torch::kHalf, true);
  expect_equal(half, x.cpu().to(torch::kHalf));
}

// The program may write to what was sent: the GPU has what it was.
TEST(Overlap, WritesAfterwards) {
  Tensor batch = torch::arange(1000.0).pin_memory();
  const Tensor x = batch.to(cuda0, torch::kFloat, true);
  batch.mul_(0);
  torch::eval(batch);
  expect_equal(x, torch::arange(1000.0));
}

TEST(Overlap, GoesOn) {
  const Tensor x = torch::arange(4.0, torch::kCUDA).requires_grad_();
  const Tensor here = (x * 3).to(torch::kCPU, torch::kFloat, true);
  (here * here).sum().backward();
  expect_equal(x.grad(), (torch::arange(4.0) * 18).cuda());
  const Tensor there = (x.detach() + 1).to(torch::kCPU, torch::kFloat, true).to(cuda1, torch::kFloat, true);
  expect_on(there, cuda1);
  expect_equal(there, torch::arange(4.0) + 1);
  EXPECT_EQ(x.detach().to(torch::kCPU, torch::kFloat, true).data_ptr<float>()[3], 3.f);
}

TEST(Overlap, LateErrors) {
  const Tensor x = torch::ones({3}, torch::kCUDA), at = torch::tensor({1, 7}, torch::kCUDA);
  const auto read = [&] {
    const Tensor here = x.index_select(0, at).to(torch::kCPU, torch::kFloat, true);
    here.sum().item<float>();
  };
  refuses(read, {"overlap_test.cpp", "index 7 is out of bounds"});
  EXPECT_EQ(x.to(torch::kCPU, torch::kFloat, true).sum().item<float>(), 3.f);
}

TEST(Overlap, Loader) {
  auto dataset = torch::data::datasets::TensorDataset(torch::arange(60.0).view({20, 3}))
                     .map(torch::data::transforms::Stack<torch::data::TensorExample>());
  auto loader = torch::data::make_data_loader<torch::data::samplers::SequentialSampler>(
      std::move(dataset),
      torch::data::DataLoaderOptions().batch_size(4).workers(2).pin_memory(true));
  Tensor sum = torch::zeros({3}, torch::kCUDA);
  torch::clear_ledger();
  for (const auto& batch : *loader) sum += batch.data.to(cuda0, torch::kFloat, true).sum(0);
  EXPECT_EQ(torch::ledger().wait_count, 0u);
  expect_equal(sum, torch::arange(60.0).view({20, 3}).sum(0));
}
