#include "codegen/compile/arena.h"

#include <algorithm>
#include <map>
#include <vector>

#include "llvm/ADT/STLExtras.h"

namespace mlir::weft {
namespace {
bool meet(const ArenaSpan& a, const ArenaSpan& b) { return a.first <= b.last && b.first <= a.last; }

// The tightest gap between blocks that are alive together with `block`; else behind them all.
// `placed` is in the order of offsets.
size_t findOffset(llvm::ArrayRef<const ArenaSpan*> placed, const ArenaSpan& block) {
  size_t end = 0, best = 0, tightest = 0;
  for (const ArenaSpan* other : placed) {
    if (!meet(*other, block)) continue;
    if (other->offset > end) {
      const size_t gap = other->offset - end;
      if (gap >= block.bytes && (!tightest || gap < tightest)) best = end, tightest = gap;
    }
    end = std::max(end, other->offset + other->bytes);
  }
  return tightest ? best : end;
}
// In this order, each where it fits best; the bytes, and the number in the order of the block that
// ends there.
std::pair<size_t, size_t> place(llvm::ArrayRef<ArenaSpan*> order) {
  std::vector<const ArenaSpan*> placed;
  size_t total = 0, highest = 0;
  for (auto [i, block] : llvm::enumerate(order)) {
    block->offset = findOffset(placed, *block);
    const size_t end = block->offset + block->bytes;
    if (end > total) total = end, highest = i;
    auto behind = [](const ArenaSpan* a, const ArenaSpan* b) { return a->offset < b->offset; };
    placed.insert(std::upper_bound(placed.begin(), placed.end(), block, behind), block);
  }
  return {total, highest};
}

// What is alive at once; no arena is smaller.
size_t mostAlive(llvm::ArrayRef<ArenaSpan> blocks) {
  std::map<size_t, size_t> change;  // modulo 2^64
  for (const ArenaSpan& block : blocks) {
    change[block.first] += block.bytes;
    change[block.last + 1] -= block.bytes;
  }
  size_t alive = 0, most = 0;
  for (auto [job, bytes] : change) most = std::max(most, alive += bytes);
  return most;
}
}  // namespace

// The largest first: small ones find room between them. Then, as long as there is hope and it costs
// little, again, the block that stuck out first.
size_t placeInArena(llvm::MutableArrayRef<ArenaSpan> blocks) {
  constexpr size_t kSteps = size_t(1) << 22, kTries = 32;
  std::vector<ArenaSpan*> order;
  for (ArenaSpan& block : blocks) order.push_back(&block);
  llvm::stable_sort(order,
                    [](const ArenaSpan* a, const ArenaSpan* b) { return a->bytes > b->bytes; });
  const size_t least = mostAlive(blocks), steps = order.size() * order.size();
  auto [total, highest] = place(order);
  std::vector<ArenaSpan> best(blocks.begin(), blocks.end());
  for (size_t t = 1; t < kTries && t * steps < kSteps && total > least; ++t) {
    std::rotate(order.begin(), order.begin() + highest, order.begin() + highest + 1);
    auto [bytes, end] = place(order);
    highest = end;
    if (bytes >= total) continue;
    total = bytes;
    best.assign(blocks.begin(), blocks.end());
  }
  llvm::copy(best, blocks.begin());
  return total;
}
}  // namespace mlir::weft
