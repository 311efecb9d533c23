// Streams, events and the allocator by libtorch's names, as programs use them.
#include <ATen/DeviceGuard.h>
#include <ATen/cuda/CUDAContext.h>
#include <ATen/cuda/CUDAEvent.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <set>
#include <sstream>
#include <thread>

#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;
using namespace c10::cuda;

TEST(Streams, AreWhoTheyAre) {
  const CUDAStream ours = getDefaultCUDAStream(), other = getDefaultCUDAStream(1);
  EXPECT_EQ(ours, getCurrentCUDAStream());
  EXPECT_EQ(ours.device(), cuda0);
  EXPECT_EQ(other.device_index(), 1);
  EXPECT_NE(ours, other);
  EXPECT_NE(ours.stream(), nullptr);
  EXPECT_EQ(ours.id(), 0);
  EXPECT_EQ(CUDAStream(ours.unwrap()), ours);
  std::set<int64_t> ids;
  for (int i = 0; i < 40; ++i) {
    const CUDAStream one = getStreamFromPool(i % 2 == 0, 1);
    EXPECT_EQ(one.device(), cuda1);
    EXPECT_NE(one, other);
    ids.insert(one.id());
  }
  EXPECT_EQ(ids.size(), 32u);
  EXPECT_EQ(getStreamFromPool(-1, 1).device(), cuda1);
  std::ostringstream text;
  text << other;
  EXPECT_EQ(text.str(), "stream 0 on device cuda:1");
  refuses([] { getStreamFromPool(false, 4); }, {"streams_test.cpp", "invalid device ordinal"});
  refuses([] { CUDAStream(c10::Stream(c10::Stream::DEFAULT, torch::kCPU)); },
          {"streams_test.cpp", "Expected a stream of a CUDA device"});
}

TEST(Streams, Guards) {
  const CUDAStream before = getCurrentCUDAStream(0), there = getCurrentCUDAStream(1);
  const CUDAStream here = getStreamFromPool(false, 0), far = getStreamFromPool(false, 1);
  {
    CUDAStreamGuard guard(far);
    EXPECT_EQ(torch::cuda::current_device(), 1);
    EXPECT_EQ(getCurrentCUDAStream(), far);
    EXPECT_EQ(getCurrentCUDAStream(0), before);
    EXPECT_EQ(guard.original_device(), cuda0);
    EXPECT_EQ(guard.original_stream(), before);
    EXPECT_EQ(guard.current_stream(), far);
    expect_on(torch::ones({2}, torch::kCUDA), cuda1);
    guard.reset_stream(here);
    EXPECT_EQ(torch::cuda::current_device(), 0);
    EXPECT_EQ(getCurrentCUDAStream(), here);
    EXPECT_EQ(getCurrentCUDAStream(1), there);
    std::thread([&] { EXPECT_EQ(getCurrentCUDAStream(0), before); }).join();
  }
  EXPECT_EQ(torch::cuda::current_device(), 0);
  EXPECT_EQ(getCurrentCUDAStream(), before);
  {
    OptionalCUDAStreamGuard none, one(far.unwrap());
    EXPECT_FALSE(none.current_stream());
    EXPECT_EQ(*one.current_stream(), far);
    one.reset();
    EXPECT_EQ(getCurrentCUDAStream(), before);
    const CUDAMultiStreamGuard both({here, far});
    EXPECT_EQ(getCurrentCUDAStream(), here);
    EXPECT_EQ(getCurrentCUDAStream(1), far);
  }
  EXPECT_EQ(getCurrentCUDAStream(), before);
  EXPECT_EQ(getCurrentCUDAStream(1), there);
}

// What is computed under one stream may be read under another.
TEST(Streams, OneOrder) {
  const Tensor x = torch::arange(1000.0).cuda();
  Tensor y;
  const CUDAStream side = getStreamFromPool();
  {
    const CUDAStreamGuard guard(side);
    y = x * 2;
  }
  at::cuda::CUDAEvent done;
  done.record(side);
  done.block(getCurrentCUDAStream());
  expect_equal(y + 1, x.cpu() * 2 + 1);
  side.synchronize();
  EXPECT_TRUE(side.query());
}

TEST(Streams, DeviceOf) {
  const Tensor x = torch::ones({2}, cuda1);
  EXPECT_EQ(at::device_of(x), cuda1);
  EXPECT_EQ(at::device_of(Tensor()), std::nullopt);
  EXPECT_EQ(at::device_of(std::optional<Tensor>(x)), cuda1);
  {
    const OptionalCUDAGuard guard(at::device_of(x));
    EXPECT_EQ(torch::cuda::current_device(), 1);
  }
  EXPECT_EQ(torch::cuda::current_device(), 0);
}

TEST(Events, ComeAfterWhatWasRecorded) {
  const Tensor x = torch::ones({64, 64}, torch::kCUDA);
  torch::eval(x);
  at::cuda::CUDAEvent begin(cudaEventDefault), end(cudaEventDefault), never;
  EXPECT_FALSE(begin.isCreated());
  EXPECT_TRUE(never.query());
  never.synchronize();
  EXPECT_EQ(begin.device(), std::nullopt);
  begin.record();
  EXPECT_EQ(begin.device(), cuda0);
  const Tensor y = x.matmul(x);
  torch::clear_ledger();
  end.record();
  const torch::Ledger ledger = torch::ledger();
  ASSERT_EQ(ledger.barrier_count, 1u);
  EXPECT_EQ(ledger.barriers[0].what, "CUDAEvent::record");
  EXPECT_EQ(ledger.barriers[0].outputs, 1);
  EXPECT_EQ(ledger.wait_count, 0u);
  end.synchronize();
  EXPECT_EQ(torch::ledger().wait_count, 1u);
  EXPECT_TRUE(end.query());
  EXPECT_GT(begin.elapsed_time(end), 0);
  EXPECT_EQ(y[0][0].item<float>(), 64.f);
  at::cuda::CUDAEvent moved = std::move(end);
  EXPECT_TRUE(moved.isCreated());
  EXPECT_FALSE(end.isCreated());
  moved.recordOnce(getCurrentCUDAStream(1));  // it was recorded already
}

TEST(Events, Mistakes) {
  at::cuda::CUDAEvent plain, timed(cudaEventDefault), other(cudaEventDefault);
  refuses([&] { timed.elapsed_time(plain); }, {"streams_test.cpp", "enable_timing=True"});
  refuses([&] { timed.elapsed_time(other); }, {"Both events must be recorded"});
  timed.record(getCurrentCUDAStream(1));
  refuses([&] { timed.record(getCurrentCUDAStream(0)); },
          {"streams_test.cpp", "Event device 1 does not match recording stream's device 0"});
}

// An index that only the device sees is refused at its line by who waits for the event.
TEST(Events, LateErrors) {
  const Tensor x = torch::ones({3}, torch::kCUDA), at = torch::tensor({1, 7}, torch::kCUDA);
  at::cuda::CUDAEvent event;
  const auto wait = [&] {
    const Tensor y = x.index_select(0, at);
    event.record();
    event.synchronize();
  };
  refuses(wait, {"streams_test.cpp", "index 7 is out of bounds"});
}

TEST(Events, SynchronizeEvaluates) {
  const Tensor y = torch::ones({4}, torch::kCUDA) + 1;
  torch::clear_ledger();
  torch::cuda::synchronize();
  EXPECT_EQ(torch::ledger().barrier_count, 2u);  // to evaluate, and to wait
  torch::clear_ledger();
  torch::cuda::synchronize();
  EXPECT_EQ(torch::ledger().barrier_count, 1u);
  EXPECT_EQ(y[0].item<float>(), 2.f);
}

TEST(Allocator, Statistics) {
  CUDACachingAllocator::emptyCache();
  const auto all = static_cast<size_t>(CUDACachingAllocator::StatType::AGGREGATE);
  const int64_t before = CUDACachingAllocator::getDeviceStats(0).allocated_bytes[all].current;
  {
    const Tensor x = torch::ones({1 << 18}).cuda();
    const auto stats = CUDACachingAllocator::getDeviceStats(0);
    EXPECT_GE(stats.allocated_bytes[all].current, before + (1 << 20));
    EXPECT_GE(stats.allocated_bytes[all].peak, stats.allocated_bytes[all].current);
    EXPECT_GE(stats.reserved_bytes[all].current, stats.allocated_bytes[all].current);
  }
  EXPECT_EQ(CUDACachingAllocator::getDeviceStats(0).allocated_bytes[all].current, before);
  refuses([] { CUDACachingAllocator::getDeviceStats(9); }, {"invalid device ordinal"});
}

TEST(Properties, AreTheDriversOwn) {
  const auto* p = at::cuda::getDeviceProperties(1);
  EXPECT_EQ(p, at::cuda::getDeviceProperties(1));
  EXPECT_EQ(p->name, torch::cuda::get_device_name(1));
  EXPECT_GE(p->major, 7);
  EXPECT_GT(p->multiProcessorCount, 0);
  EXPECT_GT(p->totalGlobalMem, 0u);
  EXPECT_EQ(at::cuda::warp_size(), 32);
  EXPECT_EQ(at::cuda::getCurrentDeviceProperties()->warpSize, 32);
}
