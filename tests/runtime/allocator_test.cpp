#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstring>
#include <random>
#include <thread>
#include <vector>

#include "runtime/device/arena.h"
#include "runtime/device/buffer.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace {

TEST(Allocator, AlignedAndWritable) {
  for (size_t bytes : {size_t(0), size_t(1), size_t(64), size_t(65), size_t(4096), size_t(32768),
                       size_t(32769), size_t(1) << 20, size_t(5) << 20}) {
    BufferRef b = allocate(bytes);
    EXPECT_EQ(b->bytes(), bytes);
    if (!knobs().guards()) EXPECT_EQ(reinterpret_cast<size_t>(b->data()) % 64, 0u);
    if (bytes) std::memset(b->data(), 7, bytes);
    EXPECT_TRUE(b->unique());
    BufferRef other = b;
    EXPECT_FALSE(b->unique());
  }
}

TEST(Allocator, BlocksDoNotOverlap) {
  std::mt19937 random(1);
  struct Held {
    BufferRef buffer;
    unsigned char mark;
  };
  std::vector<Held> held;
  for (int round = 0; round < 5000; ++round) {
    if (held.size() > 200 || (!held.empty() && random() % 2)) {
      size_t at = random() % held.size();
      auto* p = static_cast<unsigned char*>(held[at].buffer->data());
      for (size_t i = 0; i < held[at].buffer->bytes(); i += 97) ASSERT_EQ(p[i], held[at].mark);
      held[at] = held.back();
      held.pop_back();
    } else {
      size_t bytes = size_t(1) << (random() % 17);
      bytes += random() % bytes;
      held.push_back({allocate(bytes), static_cast<unsigned char>(random())});
      std::memset(held.back().buffer->data(), held.back().mark, bytes);
    }
  }
}

TEST(Allocator, CountsWhatIsHeld) {
  const MemoryStatistics before = memory_statistics();
  {
    BufferRef small = allocate(1000), large = allocate(3 << 20);
    EXPECT_EQ(memory_statistics().allocated, before.allocated + 1000 + (3 << 20));
  }
  const MemoryStatistics after = memory_statistics();
  EXPECT_EQ(after.allocated, before.allocated);
  EXPECT_GE(after.peak, before.allocated + 1000 + (3 << 20));
  reset_peak_memory();
  EXPECT_EQ(memory_statistics().peak, memory_statistics().allocated);
}

TEST(Allocator, SteadyStateFaultsNoPages) {
  if (knobs().guards()) GTEST_SKIP() << "guarded buffers are new mappings";
  auto step = [] {
    BufferRef a = allocate(40 << 20), b = allocate(100000), c = allocate(777);
    for (auto* r : {&a, &b, &c}) std::memset((*r)->data(), 1, (*r)->bytes());
  };
  auto faults = [] {
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
  };
  step();
  step();
  const long before = faults();
  for (int i = 0; i < 10; ++i) step();
  EXPECT_LT(faults() - before, 50);  // new memory: 20 a step with huge pages, 10,000 without
}

TEST(Allocator, ImpossibleSizesFailCleanly) {
  const MemoryStatistics before = memory_statistics();
  for (size_t bytes : {size_t(1) << 50, size_t(1) << 46, ~size_t(0), ~size_t(0) - 4096}) {
    try {
      allocate(bytes);
      FAIL() << bytes;
    } catch (const OutOfMemory& e) {
      const std::string what = e.what();
      EXPECT_NE(what.find("asked for " + std::to_string(bytes) + " bytes"), std::string::npos)
          << what;
      EXPECT_NE(what.find("in use"), std::string::npos) << what;
    }
  }
  EXPECT_EQ(memory_statistics().allocated, before.allocated);
  EXPECT_TRUE(allocate(100));
}

TEST(Allocator, ThreadsPassBlocksOn) {
  std::vector<std::thread> threads;
  std::vector<BufferRef> shared(64);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&shared, t] {
      for (int i = 0; i < 3000; ++i) {
        BufferRef mine = allocate(static_cast<size_t>(16 << (i % 12)));
        static_cast<char*>(mine->data())[0] = static_cast<char>(i);
        shared[static_cast<size_t>(t * 16 + i % 16)] = std::move(mine);
      }
    });
  for (auto& t : threads) t.join();
  shared.clear();
}

TEST(Allocator, BorrowedMemoryGoesBackToItsOwner) {
  int deleted = 0;
  char bytes[16];
  {
    BufferRef b = borrow(bytes, 16, [](void* n) { ++*static_cast<int*>(n); }, &deleted);
    BufferRef c = b;
    EXPECT_EQ(b->data(), bytes);
    EXPECT_EQ(deleted, 0);
  }
  EXPECT_EQ(deleted, 1);
}

TEST(Arena, ComesBackToTheNextRun) {
  char* first;
  {
    Arena a(100000);
    first = a.data();
  }
  Arena b(90000);
  if (!knobs().guards()) EXPECT_EQ(b.data(), first);
  Arena c(90000);
  EXPECT_NE(c.data(), b.data());
}

TEST(Arena, CountsAsCachedWhileNobodyHasIt) {
  empty_cache();
  const size_t before = memory_statistics().allocated;
  for (int run = 0; run < 3; ++run) {
    Arena a(3 << 20);
    EXPECT_GE(memory_statistics().allocated, before + (3 << 20));
  }
  EXPECT_EQ(memory_statistics().allocated, before);
  reset_peak_memory();
  // one that is longer, and the end of both
  { Arena a(4 << 20); }
  empty_cache();
  EXPECT_EQ(memory_statistics().allocated, before);
  EXPECT_LT(memory_statistics().peak, before + (7 << 20));
}

struct Guarded {
  explicit Guarded(Knobs::Guard guard) {
    Knobs changed = before;
    changed.guard = guard;
    set_knobs(changed);
  }
  ~Guarded() { set_knobs(before); }
  const Knobs before = knobs();
};

TEST(GuardDeathTest, WritingBehindTheEndIsSeen) {
  const Guarded guarded(Knobs::Guard::end);
  BufferRef b = allocate(20);
  auto* f = static_cast<volatile float*>(b->data());
  EXPECT_NE(f[4], f[4]);  // nan
  EXPECT_DEATH(f[5] = 1, "");
  EXPECT_DEATH(static_cast<volatile char*>(b->data())[-8192] = 1, "");
  BufferRef empty = allocate(0);
  EXPECT_TRUE(empty->data());
}

TEST(GuardDeathTest, TouchingWhatLiesBeforeTheStartIsSeen) {
  const Guarded guarded(Knobs::Guard::start);
  BufferRef b = allocate(20);
  auto* f = static_cast<volatile float*>(b->data());
  EXPECT_NE(f[0], f[0]);  // nan
  EXPECT_DEATH(f[-1] = 1, "");
  BufferRef empty = allocate(0);
  EXPECT_TRUE(empty->data());
}
}  // namespace
}  // namespace runtime
}  // namespace torch
