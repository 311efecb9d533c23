#include "runtime/device/arena.h"

#include <pthread.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "runtime/device/blocks.h"

namespace torch {
namespace runtime {
namespace {

struct ArenaPool {
  std::mutex mutex;
  std::vector<BufferRef> free;  // by size, ascending
};

ArenaPool& pool() {
  static ArenaPool* p = [] {
    auto* made = new ArenaPool();
    pthread_atfork([] { pool().mutex.lock(); }, [] { pool().mutex.unlock(); },
                   [] { pool().mutex.unlock(); });
    return made;
  }();
  return *p;
}

bool shorter(const BufferRef& block, size_t bytes) { return block->bytes() < bytes; }

int64_t bytes_of(const BufferRef& block) { return static_cast<int64_t>(block->bytes()); }

// A block in the pool is nobody's: it counts as cached. Its end counts it out once more.
void end(BufferRef block) {
  memory_count.allocated.fetch_add(bytes_of(block), std::memory_order_relaxed);
  block = {};
}
}  // namespace

Arena::Arena(size_t bytes) {
  if (bytes == 0) return;
  BufferRef ended;
  {
    ArenaPool& p = pool();
    std::lock_guard<std::mutex> lock(p.mutex);
    auto at = std::lower_bound(p.free.begin(), p.free.end(), bytes, shorter);
    // None is long enough: the longest makes room for its successor, so that there are never more
    // blocks than there were runs at once.
    if (at == p.free.end() && !p.free.empty()) {
      ended = std::move(p.free.back());
      p.free.pop_back();
      at = p.free.end();
    }
    if (at != p.free.end()) {
      block_ = std::move(*at);
      p.free.erase(at);
      memory_count.add(bytes_of(block_));
    }
  }
  if (ended) end(std::move(ended));  // not under the pool's lock: it takes others
  if (!block_) block_ = allocate(bytes);
  data_ = static_cast<char*>(block_->data());
}

Arena::~Arena() {
  if (!block_) return;
  memory_count.add(-bytes_of(block_));
  ArenaPool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  p.free.insert(std::lower_bound(p.free.begin(), p.free.end(), block_->bytes(), shorter),
                std::move(block_));
}

void release_arenas() {
  std::vector<BufferRef> free;
  {
    ArenaPool& p = pool();
    std::lock_guard<std::mutex> lock(p.mutex);
    free.swap(p.free);
  }
  for (BufferRef& block : free) end(std::move(block));
}
}  // namespace runtime
}  // namespace torch
