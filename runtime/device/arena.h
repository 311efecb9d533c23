/// Memory for the temporaries of one run. Blocks are leased and come back to one pool, so that step
/// after step finds the pages of the step before; runs at the same time have a block each.
#pragma once
#include "runtime/device/buffer.h"

namespace torch {
namespace runtime {

class Arena {
 public:
  /// Leases at least `bytes` bytes, 64-byte aligned; undefined contents. Throws OutOfMemory.
  explicit Arena(size_t bytes);
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  char* data() const { return data_; }

 private:
  BufferRef block_;
  char* data_ = nullptr;
};

/// Gives the blocks that nobody has leased back to the allocator.
void release_arenas();
}  // namespace runtime
}  // namespace torch
