// Large blocks: a mapping each, kept for the next of its size when freed: fresh pages cost more
// than most kernels.
#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <mutex>

#include "runtime/device/blocks.h"
#include "runtime/device/poison.h"
#include "runtime/device/size_class.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace large {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kHugePage = 2 << 20;
constexpr size_t kHugeFrom = 4 << 20;
constexpr size_t kBins = 320;
/// Kept at least; beyond it, as much as was ever in use at once.
constexpr size_t kKept = 256 << 20;

struct Cache {
  std::mutex mutex;
  // oldest first; all blocks of bin c have class_bytes(c, kPage) bytes
  std::deque<Buffer*> bins[kBins];
  size_t cached = 0;
  std::atomic<size_t> mapped{0};

  Buffer* find(size_t c);
  void unmap_oldest(size_t c);
};

Cache& cache() {
  static Cache* c = [] {
    auto* made = new Cache();
    pthread_atfork([] { cache().mutex.lock(); }, [] { cache().mutex.unlock(); },
                   [] { cache().mutex.unlock(); });
    return made;
  }();
  return *c;
}

size_t block_class(Buffer* b) { return reinterpret_cast<size_t>(BufferFields::argument(b)); }
size_t block_bytes(size_t c) { return class_bytes(c, kPage); }

/// A cached block of this class, or up to a quarter larger; the one freed last is the warmest.
Buffer* Cache::find(size_t c) {
  for (size_t bin = c; bin <= c + 2 && bin < kBins; ++bin)
    if (!bins[bin].empty()) {
      Buffer* b = bins[bin].back();
      bins[bin].pop_back();
      cached -= block_bytes(bin);
      return b;
    }
  return nullptr;
}

void Cache::unmap_oldest(size_t c) {
  Buffer* b = bins[c].front();
  bins[c].pop_front();
  unpoison(BufferFields::data(b), block_bytes(c));
  munmap(BufferFields::data(b), block_bytes(c));
  ::operator delete(static_cast<void*>(b));
  cached -= block_bytes(c);
  mapped -= block_bytes(c);
}

Buffer* map_block(size_t c) {
  const size_t bytes = block_bytes(c);
  const bool huge = bytes >= kHugeFrom;
  void* data = map_pages(bytes, huge ? kHugePage : kPage);
  if (!data) return nullptr;
  if (huge) madvise(data, bytes, MADV_HUGEPAGE);
  Buffer* b = BufferFields::construct(::operator new(sizeof(Buffer)));
  BufferFields::data(b) = data;
  BufferFields::argument(b) = reinterpret_cast<void*>(c);
  cache().mapped += bytes;
  if (knobs().logs("memory"))
    std::fprintf(stderr, "weft: memory: mapped a block of %s, %s in all\n",
                 readable_bytes(bytes).c_str(), readable_bytes(cache().mapped).c_str());
  return b;
}
}  // namespace

Buffer* allocate(size_t bytes) {
  if (bytes > machine_bytes()) throw_out_of_memory(bytes);
  const size_t c = class_of(bytes, kPage);
  Buffer* b;
  {
    std::lock_guard<std::mutex> lock(cache().mutex);
    b = cache().find(c);
  }
  if (!b) b = map_block(c);
  if (!b) {
    empty_cache();
    b = map_block(c);
  }
  if (!b) throw_out_of_memory(bytes);
  BufferFields::bytes(b) = bytes;
  unpoison(BufferFields::data(b), bytes);
  memory_count.add(static_cast<int64_t>(bytes));
  return b;
}

void release(Buffer* b) {
  const size_t c = block_class(b);
  memory_count.add(-static_cast<int64_t>(BufferFields::bytes(b)));
  poison(BufferFields::data(b), block_bytes(c));
  Cache& k = cache();
  const size_t keep = std::max(kKept, static_cast<size_t>(memory_count.peak.load()));
  std::lock_guard<std::mutex> lock(k.mutex);
  k.bins[c].push_back(b);
  k.cached += block_bytes(c);
  for (size_t bin = kBins; k.cached > keep && bin-- > 0;)
    while (k.cached > keep && !k.bins[bin].empty()) k.unmap_oldest(bin);
}

void empty_cache() {
  Cache& k = cache();
  std::lock_guard<std::mutex> lock(k.mutex);
  for (size_t bin = 0; bin < kBins; ++bin)
    while (!k.bins[bin].empty()) k.unmap_oldest(bin);
}

size_t mapped_bytes() { return cache().mapped; }
}  // namespace large
}  // namespace runtime
}  // namespace torch
