// Tensors recorded and read from several threads.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "frontend/autograd/autograd.h"
#include "frontend/record/eval.h"
#include "frontend/tensor/namespaces.h"
#include "frontend/tensor/operators.h"

namespace {
using torch::Tensor;

template <class F> void in_threads(int n, F f) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) threads.emplace_back([&f, i] { f(i); });
  for (std::thread& t : threads) t.join();
}

TEST(Threads, RecordOnSharedTensors) {
  const Tensor x = torch::arange(64, torch::kFloat), w = torch::ones({64}).requires_grad_();
  torch::eval(x);
  (void)(w * 1).sum().item<float>();
  std::atomic<int> wrong{0};
  in_threads(4, [&](int i) {
    for (int k = 0; k < 50; ++k) {
      Tensor y = (x * static_cast<double>(i) + w).sum();
      if (y.item<float>() != 2016.0f * static_cast<float>(i) + 64) ++wrong;
    }
  });
  EXPECT_EQ(wrong, 0);
}

TEST(Threads, OnePendingValueIsReadByAll) {
  std::atomic<int> wrong{0};
  for (int round = 0; round < 20; ++round) {
    Tensor x = torch::ones({256}) * round, y = x.exp().log();
    Tensor view = y.reshape({16, 16})[3];
    in_threads(4, [&](int) {
      if (std::abs(y.sum().item<float>() - 256.0f * static_cast<float>(round)) > 0.5f) ++wrong;
      if (std::abs(view.sum().item<float>() - 16.0f * static_cast<float>(round)) > 0.1f) ++wrong;
    });
  }
  EXPECT_EQ(wrong, 0);
}

TEST(Threads, WorkersHandOverBatches) {
  std::vector<Tensor> batches(16);
  in_threads(4, [&](int i) {
    for (int k = 0; k < 4; ++k) {
      Tensor b = torch::full({32}, i * 4 + k) * 2.0;
      if (k % 2) torch::eval(b);
      batches[static_cast<size_t>(i * 4 + k)] = b;
    }
  });
  float total = 0;
  for (const Tensor& b : batches) total += b.sum().item<float>();
  EXPECT_EQ(total, 2.0f * 32 * 120);
}

TEST(Threads, EachTrainsItsOwnModel) {
  std::atomic<int> wrong{0};
  in_threads(3, [&](int i) {
    Tensor w = torch::full({8}, 1.0 + i).requires_grad_();
    for (int k = 0; k < 20; ++k) {
      w.mutable_grad() = {};
      (w * w).sum().backward();
      torch::NoGradGuard no_grad;
      w.sub_(w.grad(), 0.25);
      torch::record::end_step("step", torch::Location::current());
    }
    if (w.abs().max().item<float>() > 1e-4f) ++wrong;
  });
  EXPECT_EQ(wrong, 0);
}

TEST(Threads, TensorsOutliveTheirThread) {
  Tensor y;
  std::thread([&] { y = torch::ones({4}) + 1; }).join();
  EXPECT_EQ(y.sum().item<float>(), 8);
  std::thread([&] { y.add_(1); }).join();
  EXPECT_EQ(y.sum().item<float>(), 12);
}
}  // namespace
