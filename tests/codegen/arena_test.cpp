// Temporaries in the arena: none over another that is alive with it, and little room between them.
#include "codegen/compile/arena.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {
using mlir::weft::ArenaSpan;
using mlir::weft::placeInArena;

size_t place(std::vector<ArenaSpan>& blocks) {
  const size_t total = placeInArena(blocks);
  for (const ArenaSpan& a : blocks) {
    EXPECT_LE(a.offset + a.bytes, total);
    for (const ArenaSpan& b : blocks)
      if (&a != &b && a.first <= b.last && b.first <= a.last)
        EXPECT_TRUE(a.offset + a.bytes <= b.offset || b.offset + b.bytes <= a.offset);
  }
  return total;
}

size_t most_alive(const std::vector<ArenaSpan>& blocks) {
  size_t most = 0;
  for (const ArenaSpan& at : blocks) {
    size_t alive = 0;
    for (const ArenaSpan& b : blocks)
      if (b.first <= at.first && at.first <= b.last) alive += b.bytes;
    most = std::max(most, alive);
  }
  return most;
}

TEST(Arena, NothingTakesNothing) {
  std::vector<ArenaSpan> none;
  EXPECT_EQ(place(none), 0u);
}
TEST(Arena, WhatIsDeadMakesRoom) {
  std::vector<ArenaSpan> chain{{256, 0, 1}, {512, 1, 2}, {256, 2, 3}, {512, 3, 4}};
  EXPECT_EQ(place(chain), 768u);
}
TEST(Arena, ASmallOneFirstDoesNotSplitTheRoomOfALargeOne) {
  std::vector<ArenaSpan> blocks{{512, 0, 1}, {128, 0, 5}, {512, 0, 1}, {1024, 2, 5}};
  EXPECT_EQ(place(blocks), 1152u);
}
TEST(Arena, RandomBlocks) {
  std::mt19937 random(1);
  double excess = 0;
  for (int program = 0; program < 200; ++program) {
    std::vector<ArenaSpan> blocks(1 + random() % 150);
    for (ArenaSpan& b : blocks) {
      b.bytes = 128 * (1 + random() % (random() % 4 ? 8 : 512));
      b.first = random() % 100;
      b.last = b.first + random() % (random() % 4 ? 5 : 60);
    }
    const size_t least = most_alive(blocks), total = place(blocks);
    EXPECT_GE(total, least);
    excess += double(total) / double(least) - 1;
  }
  EXPECT_LT(excess / 200, 0.03);
}
}  // namespace
