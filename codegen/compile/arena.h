/// Where temporaries lie in the arena. In: blocks, each with the jobs from its first writer to its
/// last reader. Out: their offsets, so that blocks that are alive in a job do not overlap.
#pragma once
#include <cstddef>

#include "llvm/ADT/ArrayRef.h"

namespace mlir::weft {

struct ArenaSpan {
  size_t bytes = 0;          // with what alignment adds
  size_t first = 0, last = 0;  // jobs
  size_t offset = 0;
};
/// Gives every block its offset; the bytes of the arena.
size_t placeInArena(llvm::MutableArrayRef<ArenaSpan> blocks);
}  // namespace mlir::weft
