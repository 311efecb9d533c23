// Tensors go from device to device with their values, types and strides.
#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;

TEST(Moving, ToAndBack) {
  const Tensor x = torch::randn({3, 4}), y = x.to(torch::kCUDA);
  expect_on(x, torch::kCPU);
  expect_on(y, cuda0);
  EXPECT_TRUE(y.is_cuda());
  EXPECT_FALSE(y.is_cpu());
  EXPECT_EQ(y.get_device(), 0);
  EXPECT_EQ(x.get_device(), -1);
  EXPECT_EQ(y.options().device(), cuda0);
  expect_equal(x, y);
  expect_equal(x, y.to(torch::kCPU));
}

TEST(Moving, TheSameTensorWhereNothingChanges) {
  const Tensor x = torch::ones(2), y = x.cuda();
  EXPECT_TRUE(y.cuda().is_same(y));
  EXPECT_TRUE(y.to(cuda0).is_same(y));
  EXPECT_TRUE(y.to(torch::Device("cuda")).is_same(y));
  EXPECT_TRUE(y.to(y).is_same(y));
  EXPECT_TRUE(x.cpu().is_same(x));
  EXPECT_FALSE(y.to(cuda0, torch::kFloat, false, /*copy=*/true).is_same(y));
  EXPECT_FALSE(y.cuda(1).is_same(y));
  expect_on(y.cuda(1), cuda1);
}

TEST(Moving, EveryType) {
  for (auto type : {torch::kByte, torch::kChar, torch::kShort, torch::kInt, torch::kLong,
                    torch::kHalf, torch::kFloat, torch::kDouble, torch::kBool, torch::kBFloat16}) {
    const Tensor x = torch::arange(5).to(type);
    expect_equal(x, x.cuda());
    expect_equal(x.to(torch::kFloat), x.to(cuda0, torch::kFloat));
    expect_equal(x.to(torch::kByte), x.cuda().to(torch::kCPU, torch::kByte));
  }
}

TEST(Moving, BetweenGpus) {
  const Tensor x = torch::randn({2, 3}).cuda(), y = x.to(cuda1);
  expect_on(y, cuda1);
  expect_equal(x, y);
  expect_equal(x * 2, (y * 2).to(cuda0));
}

TEST(Moving, StridesAreKept) {
  const Tensor x = torch::randn({3, 4}).t(), y = x.cuda();
  EXPECT_EQ(y.strides(), x.strides());
  expect_equal(x, y);
  EXPECT_EQ(y.cpu().strides(), x.strides());
  const Tensor part = torch::randn({4, 4}).narrow(1, 1, 2).cuda();
  EXPECT_TRUE(part.is_contiguous());
  const Tensor last = torch::randn({1, 2, 3, 4}).contiguous().to(torch::kCUDA);
  EXPECT_TRUE(last.is_contiguous());
}

TEST(Moving, EmptyAndZeroDims) {
  expect_equal(torch::ones({0, 3}), torch::ones({0, 3}).cuda());
  const Tensor s = torch::tensor(2.5).cuda();
  expect_on(s, cuda0);
  EXPECT_EQ(s.item<float>(), 2.5f);
  expect_on(torch::scalar_tensor(3).to(cuda1), cuda1);
  EXPECT_EQ(torch::scalar_tensor(3).to(cuda1).item<int>(), 3);
}

TEST(Moving, CopyInto) {
  Tensor x = torch::zeros({2, 3}), y = torch::zeros({2, 3}, torch::kCUDA);
  const Tensor ones = torch::ones({2, 3});
  y.copy_(ones);
  expect_on(y, cuda0);
  expect_equal(y, ones);
  x.copy_(y * 3, /*non_blocking=*/true);
  expect_on(x, torch::kCPU);
  expect_equal(x, ones * 3);
  y[1].copy_(torch::full({3}, 7.0, torch::kDouble));
  EXPECT_EQ(y.sum().item<float>(), 24.f);
  y.to(cuda1).copy_(x);
}

TEST(Moving, PinnedMemory) {
  const Tensor x = torch::randn({4, 5});
  EXPECT_FALSE(x.is_pinned());
  const Tensor p = x.pin_memory();
  EXPECT_TRUE(p.is_pinned());
  expect_on(p, torch::kCPU);
  EXPECT_TRUE(p.pin_memory().is_same(p));
  expect_equal(p, x);
  expect_equal(p.to(cuda0, /*non_blocking=*/torch::kFloat, true), x);
  EXPECT_TRUE(torch::zeros(3, torch::TensorOptions().pinned_memory(true)).is_pinned());
  refuses([&] { x.cuda().pin_memory(); }, {"cannot pin 'CUDAFloatType'"});
}

TEST(Moving, Factories) {
  const torch::TensorOptions on = torch::TensorOptions(torch::kCUDA, 1);
  expect_equal(torch::zeros({2, 2}), torch::zeros({2, 2}, on));
  expect_equal(torch::ones({2}), torch::ones({2}, torch::kCUDA));
  expect_equal(torch::full({2}, 3), torch::full({2}, 3, on));
  expect_equal(torch::arange(1, 9, 2), torch::arange(1, 9, 2, on));
  expect_equal(torch::linspace(0, 1, 5), torch::linspace(0, 1, 5, on));
  expect_equal(torch::eye(3), torch::eye(3, on));
  expect_equal(torch::tensor({1, 2, 3}), torch::tensor({1, 2, 3}, on));
  expect_equal(torch::tril_indices(3, 3),
               torch::tril_indices(3, 3, 0, on.dtype(torch::kLong)));
  expect_equal(torch::logspace(0, 2, 3), torch::logspace(0, 2, 3, 10, on));
  const Tensor x = torch::randn({2, 3}).to(cuda1);
  for (const Tensor& t :
       {torch::zeros_like(x), torch::ones_like(x), torch::empty_like(x), torch::full_like(x, 2),
        torch::rand_like(x), torch::randn_like(x), torch::randint_like(x, 5), x.new_zeros({2}),
        x.new_full({2}, 1), x.clone(), x + 1, x.nonzero(), x.masked_select(x > 0), x.argmax(),
        torch::zeros({2, 2}, on), torch::empty({2}, on), std::get<0>(x.sort(1)),
        torch::cat({x, x}), torch::where(x > 0, x, 0)})
    expect_on(t, cuda1);
  expect_on(torch::zeros_like(x, torch::kCPU), torch::kCPU);
}

TEST(Moving, EqualBitsOfRandomNumbers) {
  const auto draw = [](const torch::Device& device) {
    torch::manual_seed(7);
    return std::vector<Tensor>{torch::rand({100}, device),
                               torch::randn({100}, device),
                               torch::randint(1000, {100}, device),
                               torch::randperm(20, device),
                               torch::dropout(torch::ones({100}, device), 0.5, true),
                               torch::empty({50}, device).uniform_(-1, 1),
                               torch::bernoulli(torch::full({50}, 0.3, device))};
  };
  const std::vector<Tensor> host = draw(torch::kCPU), a = draw(cuda0), b = draw(cuda1);
  for (size_t i = 0; i < host.size(); ++i) {
    expect_equal(host[i], a[i]);
    expect_equal(host[i], b[i]);
  }
}

TEST(Moving, Printing) {
  std::ostringstream text;
  text << torch::ones({2, 3}, torch::kCUDA);
  EXPECT_NE(text.str().find("[ CUDAFloatType{2,3} ]"), std::string::npos) << text.str();
  EXPECT_EQ(torch::ones(1, torch::kCUDA).toString(), "CUDAFloatType");
}

TEST(Moving, Names) {
  EXPECT_EQ(torch::Device("cuda:1"), cuda1);
  EXPECT_TRUE(torch::Device("mps").is_mps());
  EXPECT_EQ(torch::Device("mps").str(), "mps");
  refuses([] { torch::ones(2).to(torch::kMPS); },
          {"moving_test.cpp", "device 'mps' is not available"});
  refuses([] { torch::ones(2).cuda(7); },
          {"moving_test.cpp", "CUDA error: invalid device ordinal", "cuda:7"});
}

// Where numbers are not zero is found on the GPU: how many there are is all that the host waits for.
TEST(Moving, WhereNotZero) {
  torch::manual_seed(2);
  for (const torch::Device device : {torch::Device(torch::kCPU), cuda0}) {
    Tensor x = (torch::arange(60) % 7 < 3).to(torch::kFloat).reshape({3, 4, 5}).to(device);
    const Tensor at = x.nonzero();
    expect_on(at, device);
    ASSERT_EQ(at.sizes(), (std::vector<int64_t>{27, 3}));
    EXPECT_EQ(at.stride(0), 1);
    const Tensor flat = at.cpu().matmul(torch::tensor({20, 5, 1}, torch::kLong));
    for (int64_t i = 0, p = 0; i < 60; ++i) {
      if (i % 7 < 3) {
        EXPECT_EQ(flat[p++].item<int64_t>(), i);
      }
    }
    expect_equal(x.masked_select(x > 0), torch::ones(27));
    x.index_put_({x == 0}, 5);
    expect_equal(x.sum(), torch::tensor(27.f + 5 * 33));
    expect_equal(x.index({x > 4}).sum(), torch::tensor(5.f * 33));
    EXPECT_EQ((x > 9).nonzero().sizes(), (std::vector<int64_t>{0, 3}));
    for (const std::vector<int64_t>& empty : {std::vector<int64_t>{0}, {0, 3}, {3, 0}}) {
      const auto dims = static_cast<int64_t>(empty.size());
      EXPECT_EQ(torch::zeros(empty, device).nonzero().sizes(), (std::vector<int64_t>{0, dims}));
    }
    EXPECT_EQ(torch::tensor(3, device).nonzero().sizes(), (std::vector<int64_t>{1, 0}));
  }
}
