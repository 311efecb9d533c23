// torch::cuda, c10::cuda, guards, the global context.
#include <ATen/Context.h>
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDAGuard.h>

#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;

TEST(Cuda, Devices) {
  EXPECT_TRUE(torch::cuda::is_available());
  EXPECT_TRUE(at::hasCUDA());
  EXPECT_EQ(torch::cuda::device_count(), 2);
  EXPECT_EQ(at::cuda::getNumGPUs(), 2);
  EXPECT_EQ(torch::cuda::current_device(), 0);
  EXPECT_FALSE(torch::cuda::get_device_name(0).empty());
  EXPECT_FALSE(torch::mps::is_available());
  EXPECT_FALSE(at::hasMPS());
  torch::cuda::synchronize();
  torch::cuda::synchronize(1);
  refuses([] { torch::cuda::synchronize(2); }, {"api_test.cpp", "invalid device ordinal"});
  refuses([] { torch::cuda::set_device(5); }, {"invalid device ordinal"});
}

TEST(Cuda, Guards) {
  {
    const c10::cuda::CUDAGuard guard(1);
    EXPECT_EQ(torch::cuda::current_device(), 1);
    EXPECT_EQ(guard.original_device(), cuda0);
    EXPECT_EQ(guard.current_device(), cuda1);
    expect_on(torch::ones({2}, torch::kCUDA), cuda1);
    expect_on(torch::ones(2).cuda(), cuda1);
  }
  EXPECT_EQ(torch::cuda::current_device(), 0);
  {
    c10::OptionalDeviceGuard guard;
    EXPECT_FALSE(guard.original_device());
    guard.reset_device(cuda1);
    EXPECT_EQ(torch::cuda::current_device(), 1);
  }
  {
    const c10::DeviceGuard guard(torch::ones({1}, torch::kCPU).device());
    EXPECT_EQ(torch::cuda::current_device(), 0);
  }
  {
    c10::cuda::OptionalCUDAGuard guard(std::optional<torch::Device>{});
    guard.set_index(1);
    EXPECT_EQ(torch::cuda::current_device(), 1);
  }
  EXPECT_EQ(torch::cuda::current_device(), 0);
  refuses([] { c10::cuda::CUDAGuard guard{torch::Device(torch::kCPU)}; },
          {"Expected a CUDA device, but got cpu"});
}

TEST(Cuda, Context) {
  at::Context& context = at::globalContext();
  EXPECT_FALSE(context.allowTF32CuBLAS());
  context.setAllowTF32CuBLAS(true);
  EXPECT_TRUE(context.allowTF32CuBLAS());
  EXPECT_EQ(context.float32MatmulPrecision(), at::Float32MatmulPrecision::HIGH);
  {
    at::NoTF32Guard guard;
    EXPECT_FALSE(context.allowTF32CuBLAS());
  }
  context.setFloat32MatmulPrecision("highest");
  EXPECT_FALSE(context.allowTF32CuBLAS());
  EXPECT_EQ(context.defaultGenerator(torch::kCPU).device(), torch::Device(torch::kCPU));
  EXPECT_EQ(context.defaultGenerator(cuda1).device(), cuda1);
}

// An index that only a device sees is refused where it was used, by whoever waits.
TEST(Cuda, ErrorsOfValues) {
  const Tensor x = torch::ones({3}, torch::kCUDA);
  const Tensor at = torch::tensor({1, 7}, torch::kCUDA);
  refuses(
      [&] {
        const Tensor y = x.index_select(0, at);
        y.sum().item<float>();
      },
      {"api_test.cpp", "index 7 is out of bounds"});
  expect_equal(x, torch::ones({3}));
}

TEST(Cuda, Ledger) {
  const Tensor x = torch::ones({3}, torch::kCUDA) + 1;
  torch::clear_ledger();
  EXPECT_EQ(x.sum().item<float>(), 6.f);
  const torch::Ledger ledger = torch::ledger();
  EXPECT_EQ(ledger.wait_count, 1u);
  ASSERT_FALSE(ledger.barriers.empty());
  EXPECT_TRUE(ledger.barriers.back().waited);
  EXPECT_EQ(ledger.barriers.back().device, "cuda:0");
  EXPECT_EQ(ledger.barriers.back().what, "item");
}
