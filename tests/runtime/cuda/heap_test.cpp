// The caching allocator on the emulated driver.
#include "runtime/cuda/heap.h"

#include <atomic>
#include <random>
#include <thread>

#include "runtime/trace/knobs.h"
#include "tests/runtime/cuda/gpu.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

constexpr size_t kMiB = 1 << 20;

class HeapTest : public Emulated {
 protected:
  void SetUp() override {
    Emulated::SetUp();
    if (IsSkipped()) return;
    empty_cache(gpu());
    reset_peak_memory(gpu());
  }
  static MemoryStatistics now() { return memory_statistics(gpu()); }
  static char* at(const BufferRef& b) { return static_cast<char*>(b->data()); }
};

TEST_F(HeapTest, SmallBlocksShareASegment) {
  const size_t before = emulate::held().allocations;
  std::vector<BufferRef> all;
  for (int i = 0; i < 1000; ++i) all.push_back(allocate(100, gpu()));
  EXPECT_EQ(emulate::held().allocations, before + 1);
  EXPECT_EQ(now().allocated, 1000u * 512);
  EXPECT_EQ(now().cached, 2 * kMiB - 1000 * 512);
  EXPECT_EQ(at(all[1]), at(all[0]) + 512);
  EXPECT_EQ(allocate(0, gpu())->bytes(), 0u);
}

TEST_F(HeapTest, WhatIsFreeIsUsedAgain) {
  void* was;
  {
    BufferRef a = allocate(5 * kMiB, gpu());
    was = a->data();
  }
  EXPECT_EQ(now().allocated, 0u);
  EXPECT_EQ(now().peak, 5 * kMiB);
  EXPECT_EQ(now().cached, 20 * kMiB);
  EXPECT_EQ(allocate(4 * kMiB, gpu())->data(), was);
  reset_peak_memory(gpu());
  EXPECT_EQ(now().peak, 0u);
}

TEST_F(HeapTest, NeighboursBecomeOne) {
  std::vector<BufferRef> all;
  for (int i = 0; i < 10; ++i) all.push_back(allocate(2 * kMiB, gpu()));
  char* const begin = at(all[0]);
  // In an order that merges with the block before, the one behind, and both.
  for (size_t i : {1, 3, 2, 0, 5, 4, 9, 8, 6, 7}) all[i] = {};
  EXPECT_EQ(now().cached, 20 * kMiB);
  BufferRef whole = allocate(9 * kMiB, gpu()), rest = allocate(9 * kMiB, gpu());
  EXPECT_EQ(at(whole), begin);
  EXPECT_EQ(at(rest), begin + 9 * kMiB);
}

TEST_F(HeapTest, LargeBlocksHaveSegmentsOfTheirOwn) {
  BufferRef a = allocate(33 * kMiB + 1, gpu());
  EXPECT_EQ(now().allocated, 34 * kMiB);  // what is left over is not worth a block
  EXPECT_EQ(now().cached, 0u);
  a = {};
  empty_cache(gpu());
  EXPECT_EQ(now().cached, 0u);
}

TEST_F(HeapTest, EachDeviceHasItsOwn) {
  BufferRef a = allocate(100, gpu(1));
  EXPECT_EQ(now().allocated, 0u);
  EXPECT_EQ(memory_statistics(gpu(1)).allocated, 512u);
  EXPECT_EQ(emulate::held().bytes, 2 * kMiB);
  a = {};
  empty_cache(gpu(1));
}

TEST_F(HeapTest, TheCacheMakesRoom) {
  emulate::Faults faults;
  faults.memory_bytes = 100 * kMiB;
  emulate::set_faults(faults);
  for (size_t mib : {30, 60, 90}) EXPECT_EQ(allocate(mib * kMiB, gpu())->bytes(), mib * kMiB);
  EXPECT_EQ(now().cached, 90 * kMiB);
}

TEST_F(HeapTest, OutOfMemorySaysWhatIsHeld) {
  emulate::Faults faults;
  faults.memory_bytes = 100 * kMiB;
  emulate::set_faults(faults);
  {
    BufferRef a = allocate(12 * kMiB, gpu()), b = allocate(12 * kMiB, gpu()),
              c = allocate(15 * kMiB, gpu());
    a = {};
    BufferRef d = allocate(5 * kMiB, gpu());
    EXPECT_EQ(
        thrown([] { allocate(70 * kMiB, gpu()); }),
        "CUDA out of memory. Tried to allocate 70.0 MiB (73400320 bytes). GPU 0 has a total "
        "capacity of 100.0 MiB of which 60.0 MiB is free. This process holds 40.0 MiB: 33.0 MiB "
        "allocated (at most 40.0 MiB), 7.0 MiB cached, whose largest free block has 7.0 MiB; "
        "others and the driver hold 0 B");
    EXPECT_THROW(allocate(~size_t(0), gpu()), OutOfMemory);
    EXPECT_THROW(allocate(~size_t(0) / 2, gpu()), OutOfMemory);
  }
  EXPECT_EQ(now().allocated, 0u);
  EXPECT_EQ(allocate(95 * kMiB, gpu())->bytes(), 95 * kMiB);
}

TEST_F(HeapTest, AWholeSegmentIsNotInsistedOn) {
  emulate::Faults faults;
  faults.memory_bytes = kMiB;
  emulate::set_faults(faults);
  BufferRef a = allocate(100000, gpu());
  EXPECT_EQ(now().cached, 0u);
}

TEST_F(HeapTest, ManyThreadsNeverShareABlock) {
  std::atomic<int> wrong{0};
  auto work = [&](unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::pair<BufferRef, uint8_t>> mine;
    for (int i = 0; i < 300; ++i) {
      const size_t bytes = 1 + random() % (random() % 8 ? 5000 : 3 * kMiB);
      const auto mark = static_cast<uint8_t>(random());
      mine.emplace_back(allocate(bytes, gpu()), mark);
      const std::vector<uint8_t> marks(std::min<size_t>(bytes, 4096), mark);
      copy(mine.back().first->data(), gpu(), marks.data(), kHost, marks.size());
      if (mine.size() < 20) continue;
      const size_t victim = random() % mine.size();
      auto& [block, expected] = mine[victim];
      std::vector<uint8_t> there(std::min<size_t>(block->bytes(), 4096));
      copy(there.data(), kHost, block->data(), gpu(), there.size());
      for (uint8_t v : there) wrong += v != expected;
      std::swap(mine[victim], mine.back());
      mine.pop_back();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t) threads.emplace_back(work, t);
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(now().allocated, 0u);
  empty_cache(gpu());
  EXPECT_EQ(emulate::held().allocations, 0u);
}

TEST_F(HeapTest, GuardedBlocksAreTheirOwn) {
  const Knobs before = knobs();
  Knobs guarded = before;
  guarded.guard = Knobs::Guard::end;
  set_knobs(guarded);
  {
    BufferRef a = to_gpu(std::vector<int>{1, 2, 3, 4});
    EXPECT_EQ(to_host<int>(a)[3], 4);
    EXPECT_EQ(now().allocated, 16u);
    EXPECT_DEATH(static_cast<volatile int*>(a->data())[4] = 1, "");
  }
  set_knobs(before);
  EXPECT_EQ(now().allocated + now().cached, 0u);
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
