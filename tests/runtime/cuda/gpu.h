/// What tests of the GPU's runtime share.
#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "runtime/cuda/device.h"
#include "runtime/cuda/emulate/emulate.h"
#include "runtime/device/buffer.h"
#include "runtime/device/copy.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace cuda {

constexpr DeviceId kHost{};
inline DeviceId gpu(int index = 0) { return {c10::DeviceType::CUDA, static_cast<int8_t>(index)}; }

template <class T> BufferRef to_gpu(const std::vector<T>& values, int index = 0) {
  BufferRef buffer = allocate(values.size() * sizeof(T), gpu(index));
  copy(buffer->data(), gpu(index), values.data(), kHost, values.size() * sizeof(T));
  return buffer;
}
template <class T> std::vector<T> to_host(const BufferRef& buffer) {
  std::vector<T> values(buffer->bytes() / sizeof(T));
  copy(values.data(), kHost, buffer->data(), buffer->device(), buffer->bytes());
  return values;
}

/// What `f` throws says; "" when it throws nothing.
template <class F> std::string thrown(F&& f) {
  try {
    f();
  } catch (const std::exception& e) {
    return e.what();
  }
  return "";
}

inline bool emulated() { return knobs().cuda == Knobs::Cuda::emulate; }
/// What only the emulated driver counts.
#define EXPECT_COUNTED(counted, expected) \
  if (emulated()) EXPECT_EQ(counted, expected)

/// Runs wherever there is a GPU, and by WEFT_CUDA=emulate. Each test starts without faults and
/// leaves none.
class OnGpu : public testing::Test {
 protected:
  void SetUp() override {
    if (!driver()) GTEST_SKIP() << absence();
    emulate::set_faults({});
  }
  void TearDown() override { emulate::set_faults({}); }
};
/// Needs faults, or numbers of the emulated device.
class Emulated : public OnGpu {
 protected:
  void SetUp() override {
    OnGpu::SetUp();
    if (!emulated()) GTEST_SKIP() << "this needs WEFT_CUDA=emulate";
  }
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
