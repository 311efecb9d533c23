// Addresses on a GPU, in-place ops on them, views, what an archive holds.
#include <dlpack/dlpack.h>

#include "frontend/tensor/dlpack.h"
#include "runtime/device/copy.h"
#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;

namespace {
const torch::runtime::DeviceId host{}, gpu{c10::DeviceType::CUDA, 0};

std::vector<float> read(const float* at, size_t n) {
  std::vector<float> values(n);
  torch::runtime::copy(values.data(), host, at, gpu, n * sizeof(float));
  return values;
}
void write(float* at, const std::vector<float>& values) {
  torch::runtime::copy(at, gpu, values.data(), host, values.size() * sizeof(float));
}
using Floats = std::vector<float>;
}  // namespace

TEST(Memory, AddressesAreTheDevices) {
  Tensor x = torch::arange(4, torch::TensorOptions(torch::kCUDA).dtype(torch::kFloat));
  float* p = x.data_ptr<float>();
  EXPECT_EQ(read(p, 4), (Floats{0, 1, 2, 3}));
  const Tensor y = x + 1;
  write(p, {5, 6, 7, 8});
  expect_equal(y, torch::tensor({1.f, 2.f, 3.f, 4.f}));
  expect_equal(x, torch::tensor({5.f, 6.f, 7.f, 8.f}));
  x.add_(1);
  EXPECT_EQ(x.data_ptr<float>(), p);
  EXPECT_EQ(read(p, 4), (Floats{6, 7, 8, 9}));
  x.narrow(0, 1, 2).zero_();
  EXPECT_EQ(read(p, 4), (Floats{6, 0, 0, 9}));
  expect_equal(x.slice(0, 0, 4, 2), torch::tensor({6.f, 0.f}));
}

TEST(Memory, OfTheProgram) {
  const Tensor owner = torch::tensor({1.f, 2.f, 3.f, 4.f, 5.f, 6.f}, torch::kCUDA);
  Tensor x = torch::from_blob(owner.data_ptr(), {2, 3}, torch::kCUDA);
  expect_on(x, cuda0);
  EXPECT_EQ(x.data_ptr(), owner.data_ptr());
  expect_equal(x, torch::tensor({1.f, 2.f, 3.f, 4.f, 5.f, 6.f}).reshape({2, 3}));
  x.mul_(2);
  expect_equal(owner, torch::tensor({2.f, 4.f, 6.f, 8.f, 10.f, 12.f}));
  const Tensor t = torch::from_blob(owner.data_ptr(), {3, 2}, {1, 3}, torch::kCUDA);
  expect_equal(t, x.t().contiguous());
}

TEST(Memory, AccessorsAreForTheHost) {
  const Tensor x = torch::ones({2}, torch::kCUDA);
  refuses([&] { x.accessor<float, 1>(); }, {"memory_test.cpp", "cuda:0"});
}

TEST(Memory, ViewsAndInPlace) {
  Tensor x = torch::zeros({3, 3}, torch::kCUDA);
  const Tensor row = x[1], column = x.select(1, 2);
  row.fill_(2);
  column.add_(1);
  x.index_put_({0, 0}, 5);
  expect_equal(x, torch::tensor({{5.f, 0.f, 1.f}, {2.f, 2.f, 3.f}, {0.f, 0.f, 1.f}}));
  expect_equal(row, torch::tensor({2.f, 2.f, 3.f}));
  x.set_data(torch::ones({2}).cuda(1));
  expect_on(x, cuda1);
  x.resize_({4});
  expect_on(x, cuda1);
  const Tensor d = x.detach();
  expect_on(d, cuda1);
  EXPECT_TRUE(d.is_alias_of(x));
}

TEST(Memory, Dlpack) {
  const Tensor x = torch::arange(6).reshape({2, 3}).to(cuda1);
  DLManagedTensor* managed = at::toDLPack(x);
  const Tensor y = at::fromDLPack(managed);
  expect_on(y, cuda1);
  EXPECT_EQ(y.data_ptr(), x.data_ptr());
  expect_equal(x, y);
}

TEST(Memory, Statistics) {
  torch::cuda::empty_cache();
  const size_t before = torch::cuda::memory_allocated();
  {
    const Tensor x = torch::ones({1 << 18}).cuda();
    EXPECT_GE(torch::cuda::memory_allocated(), before + (size_t(1) << 20));
    EXPECT_GE(torch::cuda::memory_reserved(), torch::cuda::memory_allocated());
    EXPECT_GE(torch::cuda::max_memory_allocated(), torch::cuda::memory_allocated());
  }
  EXPECT_EQ(torch::cuda::memory_allocated(), before);
  torch::cuda::reset_peak_memory_stats();
  EXPECT_EQ(torch::cuda::max_memory_allocated(), before);
}
