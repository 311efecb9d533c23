// Copies from and to pinned memory beside what a GPU computes. The emulated driver puts work off, or
// does it early, as far as events between streams allow (WEFT_EMULATE_STREAMS): where one is missing,
// bytes are wrong.
#include <algorithm>
#include <cstring>

#include "runtime/cuda/heap.h"
#include "runtime/cuda/pinned.h"
#include "tests/runtime/cuda/gpu.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

constexpr size_t kInts = 5000, kBytes = kInts * sizeof(int);
using Ints = std::vector<int>;
Ints pattern(int first) {
  Ints values(kInts);
  for (size_t i = 0; i < kInts; ++i) values[i] = first + static_cast<int>(i);
  return values;
}
BufferRef pinned(const Ints& values) {
  BufferRef memory = allocate_pinned(kBytes);
  std::memcpy(memory->data(), values.data(), kBytes);
  return memory;
}
Ints read(const BufferRef& on_host) {
  Ints values(kInts);
  std::memcpy(values.data(), on_host->data(), kBytes);
  return values;
}
// What the GPU computes with it: a copy, in the order of its stream.
BufferRef computed(const BufferRef& x) {
  BufferRef y = allocate(kBytes, gpu());
  copy(y->data(), gpu(), x->data(), gpu(), kBytes);
  return y;
}

class Beside : public OnGpu {
 protected:
  ~Beside() override { Device::get(0).synchronize(); }
};

TEST_F(Beside, BatchesInTurns) {
  std::vector<BufferRef> results;
  for (int i = 0; i < 12; ++i) {
    const BufferRef batch = upload(pinned(pattern(100 * i)), kBytes, gpu());
    EXPECT_EQ(batch->device(), gpu());
    results.push_back(computed(batch));
  }
  for (int i = 0; i < 12; ++i) EXPECT_EQ(to_host<int>(results[static_cast<size_t>(i)]), pattern(100 * i));
}

// Memory that what is enqueued still reads.
TEST_F(Beside, MemoryThatWasInUse) {
  std::vector<BufferRef> results;
  for (int i = 0; i < 12; ++i) {
    results.push_back(computed(to_gpu(pattern(i))));  // its operand's memory is free again
    results.push_back(computed(upload(pinned(pattern(1000 + i)), kBytes, gpu())));
  }
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(to_host<int>(results[static_cast<size_t>(2 * i)]), pattern(i));
    EXPECT_EQ(to_host<int>(results[static_cast<size_t>(2 * i + 1)]), pattern(1000 + i));
  }
}

// Bytes of the device's, as they are when it is the turn of its stream.
BufferRef piece(const BufferRef& x, size_t at, size_t bytes) {
  BufferRef y = allocate(bytes, gpu());
  copy(y->data(), gpu(), static_cast<char*>(x->data()) + at, gpu(), bytes);
  return y;
}
BufferRef filled(size_t bytes, int with) {
  return to_gpu(Ints(bytes / sizeof(int), with));
}
BufferRef sent(size_t bytes, int what) {
  const BufferRef memory = allocate_pinned(bytes);
  std::fill_n(static_cast<int*>(memory->data()), bytes / sizeof(int), what);
  return upload(memory, bytes, gpu());
}
constexpr size_t kHalf = 10240;

// Free neighbours become one: one of them was in use just now.
TEST_F(Beside, NeighboursOfDifferentAge) {
  for (const bool first : {true, false}) {
    Device::get(0).heap().empty_cache();
    BufferRef a = filled(kHalf, 1), b = filled(kHalf, 1);
    const BufferRef behind = filled(512, 2), read = allocate(kHalf, gpu());
    (first ? a : b) = {};
    for (int i = 0; i < 3; ++i) sent(512, i);
    BufferRef& other = first ? b : a;
    copy(read->data(), gpu(), other->data(), gpu(), kHalf);
    other = {};
    const BufferRef batch = sent(2 * kHalf, 7);
    EXPECT_EQ(to_host<int>(read), Ints(kHalf / sizeof(int), 1));
    EXPECT_EQ(to_host<int>(batch), Ints(2 * kHalf / sizeof(int), 7));
  }
}

TEST_F(Beside, APartOfWhatWasInUse) {
  Device::get(0).heap().empty_cache();
  BufferRef x = filled(2 * kHalf, 1);
  const BufferRef behind = filled(512, 2), read = piece(x, kHalf, kHalf);
  x = {};
  const BufferRef first = filled(kHalf, 3), batch = sent(kHalf, 7);
  EXPECT_EQ(to_host<int>(read), Ints(kHalf / sizeof(int), 1));
  EXPECT_EQ(to_host<int>(first), Ints(kHalf / sizeof(int), 3));
  EXPECT_EQ(to_host<int>(batch), Ints(kHalf / sizeof(int), 7));
}

// When all memory was in use just now, the copy waits.
TEST_F(Beside, NothingThatRested) {
  constexpr size_t kLarge = size_t(12) << 20;
  std::vector<BufferRef> batches, reads;
  for (int i = 0; i < 6; ++i) batches.push_back(sent(kLarge, i));
  for (const BufferRef& batch : batches) reads.push_back(piece(batch, 0, kHalf));
  batches.clear();
  for (int i = 0; i < 6; ++i) batches.push_back(sent(kLarge, 100 + i));
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(to_host<int>(reads[static_cast<size_t>(i)]), Ints(kHalf / sizeof(int), i));
}

// Two batches in turns take the memory of two; it does not grow.
TEST_F(Beside, MemoryDoesNotGrow) {
  Device::get(0).heap().empty_cache();
  size_t held = 0;
  for (int i = 0; i < 40; ++i) {
    computed(upload(pinned(pattern(i)), kBytes, gpu()));
    const MemoryStatistics s = memory_statistics(gpu());
    if (i == 10) held = s.allocated + s.cached;
    if (i > 10) EXPECT_EQ(s.allocated + s.cached, held);
  }
}

TEST_F(Beside, TheSourceStaysUntilItWasRead) {
  BufferRef there;
  {
    const BufferRef source = pinned(pattern(1));
    there = upload(source, kBytes, gpu());
    EXPECT_FALSE(source->unique());
  }
  const BufferRef next = pinned(pattern(9));  // in other memory
  EXPECT_EQ(to_host<int>(there), pattern(1));
}

TEST_F(Beside, DownloadsComeAfterWhatWasEnqueued) {
  const BufferRef a = to_gpu(pattern(3)), b = computed(a);
  const BufferRef here = download(b, kBytes);
  EXPECT_TRUE(is_pinned(here->data()));
  EXPECT_EQ(read(here), pattern(3));
  DeviceId from;
  EXPECT_FALSE(here->arriving(&from));
}

TEST_F(Beside, WhatIsDownloadedStays) {
  std::vector<BufferRef> downloads;
  for (int i = 0; i < 6; ++i) {
    downloads.push_back(download(computed(to_gpu(pattern(i))), kBytes));
    computed(to_gpu(pattern(-1)));  // in the memory that was read, if it were free
  }
  check(Device::get(0).driver.cuStreamSynchronize(Device::get(0).stream), "waiting");
  for (int i = 0; i < 6; ++i) EXPECT_EQ(read(downloads[static_cast<size_t>(i)]), pattern(i));
}

TEST_F(Beside, DownloadsThatNobodyReads) {
  Device::get(0).synchronize();
  empty_pinned_cache();
  const BufferRef x = to_gpu(pattern(5));
  download(x, kBytes);
  std::vector<BufferRef> next;  // in other memory
  for (int i = 0; i < 30; ++i) next.push_back(pinned(pattern(8)));
  Device::get(0).synchronize();
  for (const BufferRef& memory : next) EXPECT_EQ(read(memory), pattern(8));
  const emulate::Held before = emulate::held();
  for (int i = 0; i < 20; ++i) download(x, kBytes);
  Device::get(0).synchronize();
  EXPECT_LE(emulate::held().events, before.events + 80);
}

TEST_F(Beside, OutOfMemoryLetsGoOfWhatIsOver) {
  if (!emulated()) GTEST_SKIP() << "needs faults";
  const size_t large = size_t(40) << 20;
  BufferRef x = allocate(large, gpu());
  const BufferRef here = download(x, kBytes);
  x = {};
  emulate::Faults faults;
  faults.memory_bytes = Device::get(0).heap().statistics().cached +
                        Device::get(0).heap().statistics().allocated;
  emulate::set_faults(faults);
  EXPECT_NO_THROW(allocate(large, gpu()));
  emulate::set_faults({});
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
