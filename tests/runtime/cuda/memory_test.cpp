// Memory of a GPU, emulated or not: copies of all kinds.
#include <cmath>
#include <cstring>
#include <limits>
#include <thread>

#include "runtime/cuda/on_host.h"
#include "runtime/cuda/pinned.h"
#include "tests/runtime/cuda/gpu.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

using Memory = OnGpu;
using EmulatedMemory = Emulated;

std::vector<int> counting(size_t n, int from = 0) {
  std::vector<int> values(n);
  for (size_t i = 0; i < n; ++i) values[i] = from + static_cast<int>(i);
  return values;
}

TEST_F(EmulatedMemory, DevicesAndTheirNames) {
  EXPECT_EQ(absence(), "");
  EXPECT_EQ(device_count(), 2);
  EXPECT_EQ(Device::get(1).properties.name, "emulated device");
  EXPECT_EQ(Device::get(0).properties.major, 9);
  EXPECT_EQ(thrown([] { Device::get(2); }),
            "CUDA error: invalid device ordinal: there is no cuda:2, the driver sees 2 devices");
  EXPECT_EQ(current_device(), 0);
  set_current_device(1);
  EXPECT_EQ(allocate(4, {c10::DeviceType::CUDA, -1})->device(), gpu(1));
  std::thread([] { EXPECT_EQ(current_device(), 0); }).join();
  set_current_device(0);
}

TEST_F(Memory, RoundTripsOfEverySize) {
  for (size_t n : {1, 3, 1000, 70000, 5 << 20}) {
    const std::vector<int> values = counting(n, 7);
    EXPECT_EQ(to_host<int>(to_gpu(values)), values);
  }
}

TEST_F(Memory, HostMemoryMayBeReusedAtOnce) {
  std::vector<int> values = counting(100);
  BufferRef there = allocate(400, gpu());
  copy(there->data(), gpu(), values.data(), kHost, 400, false);
  values.assign(100, -1);
  EXPECT_EQ(to_host<int>(there), counting(100));
}

TEST_F(EmulatedMemory, FreshMemoryIsNan) {
  BufferRef there = allocate(512, gpu());
  for (float f : to_host<float>(there)) EXPECT_TRUE(std::isnan(f));
}

TEST_F(Memory, CopiesOnADevice) {
  const std::vector<int> values = counting(300);
  BufferRef a = to_gpu(values), b = allocate(1200, gpu());
  copy(b->data(), gpu(), a->data(), gpu(), 1200);
  EXPECT_EQ(to_host<int>(b), values);
}

TEST_F(Memory, CopiesAcrossDevices) {
  if (device_count() < 2) GTEST_SKIP() << "here is one device";
  const std::vector<int> values = counting(300);
  BufferRef a = to_gpu(values), b = allocate(1200, gpu()), c = allocate(1200, gpu(1));
  copy(b->data(), gpu(), a->data(), gpu(), 1200);
  copy(c->data(), gpu(1), b->data(), gpu(), 1200);
  EXPECT_EQ(to_host<int>(c), values);
  EXPECT_EQ(c->device(), gpu(1));
}

TEST_F(Memory, PinnedMemory) {
  BufferRef pinned = allocate_pinned(4000);
  EXPECT_TRUE(is_pinned(pinned->data()));
  EXPECT_TRUE(is_pinned(static_cast<char*>(pinned->data()) + 3999));
  int on_stack = 0;
  EXPECT_FALSE(is_pinned(&on_stack));
  EXPECT_EQ(pinned->device(), kHost);
  const std::vector<int> values = counting(1000);
  std::memcpy(pinned->data(), values.data(), 4000);
  BufferRef there = allocate(4000, gpu());
  copy(there->data(), gpu(), pinned->data(), kHost, 4000, false);
  BufferRef back = allocate_pinned(4000);
  copy(back->data(), kHost, there->data(), gpu(), 4000, false);
  synchronize(gpu());
  EXPECT_EQ(std::memcmp(back->data(), values.data(), 4000), 0);
  const void* const was = back->data();
  back = {};
  EXPECT_EQ(allocate_pinned(3000)->data(), was);
}

TEST_F(EmulatedMemory, TheHostCannotTouchIt) {
  BufferRef there = allocate(64, gpu());
  EXPECT_DEATH(*static_cast<volatile int*>(there->data()) = 1, "");
}

/// y = x + 1 on the host.
class AddOne : public Executable {
 public:
  AddOne() { input_types = output_types = {op::Type(op::DType::Int, {5})}; }
  void run(const void* const* inputs, void* const* outputs) const override {
    for (int i = 0; i < 5; ++i)
      static_cast<int*>(outputs[0])[i] = static_cast<const int*>(inputs[0])[i] + 1;
  }
  bool may_alias(size_t, size_t) const override { return true; }
};

TEST_F(Memory, HostRunTakesInputsToTheHostAndResultsBack) {
  BufferRef x = to_gpu(counting(5)), y = allocate(20, gpu());
  const void* inputs[] = {x->data()};
  void* outputs[] = {y->data()};
  HostRun(std::make_unique<AddOne>(), 0, {}).run(inputs, outputs);
  EXPECT_EQ(to_host<int>(y), counting(5, 1));
  const std::vector<int> here = counting(5, 10);
  inputs[0] = here.data();
  HostRun on_host(std::make_unique<AddOne>(), 0, {true});
  on_host.run(inputs, outputs);
  EXPECT_EQ(to_host<int>(y), counting(5, 11));
  EXPECT_FALSE(on_host.may_alias(0, 0));
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
