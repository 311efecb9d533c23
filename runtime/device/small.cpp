// Small blocks: a header of one cache line (the Buffer itself) before the data, cut from slabs.
// Every thread keeps a few free blocks of each size in a magazine; full and empty magazines are
// exchanged with the depot in batches.
#include <pthread.h>

#include <algorithm>
#include <mutex>

#include "runtime/device/blocks.h"
#include "runtime/device/poison.h"
#include "runtime/device/size_class.h"

namespace torch {
namespace runtime {
namespace small {
namespace {

constexpr size_t kSlab = 1 << 20;
constexpr int64_t kUncounted = 1 << 16;  // bytes a thread may be wrong by in the statistics
static_assert(sizeof(Buffer) <= kAlignment, "the header is one cache line");

struct Chain {
  Buffer* head;
  uint32_t count;
  void push(Buffer* b) {
    BufferFields::argument(b) = head;
    head = b;
    ++count;
  }
  Buffer* pop() {
    Buffer* b = head;
    head = BufferFields::next(b);
    --count;
    return b;
  }
};

/// Blocks that travel between a magazine and the depot at once.
uint32_t batch(size_t c) {
  return static_cast<uint32_t>(std::clamp<size_t>(16384 / class_bytes(c, kAlignment), 2, 32));
}

/// What no thread has. Never destroyed.
struct Depot {
  struct Shelf {
    std::mutex mutex;
    Chain free{};
  } shelves[kSmallClasses];
  std::mutex slab_mutex;
  char* slab = nullptr;
  size_t slab_left = 0;
  std::atomic<size_t> mapped{0};

  Buffer* cut(size_t c);
  void fill(Chain& magazine, size_t c);
  void take(Chain& magazine, size_t c, uint32_t leave);
};

Depot& depot() {
  static Depot* d = [] {
    auto* made = new Depot();
    // A child forked while another thread holds a lock must not find it held.
    pthread_atfork(
        [] {
          for (auto& s : depot().shelves) s.mutex.lock();
          depot().slab_mutex.lock();
        },
        [] {
          for (auto& s : depot().shelves) s.mutex.unlock();
          depot().slab_mutex.unlock();
        },
        [] {
          for (auto& s : depot().shelves) s.mutex.unlock();
          depot().slab_mutex.unlock();
        });
    return made;
  }();
  return *d;
}

/// A new block from the slab; null when the system has no more.
Buffer* Depot::cut(size_t c) {
  const size_t bytes = kAlignment + class_bytes(c, kAlignment);
  std::lock_guard<std::mutex> lock(slab_mutex);
  if (slab_left < bytes) {
    void* fresh = map_pages(kSlab, 4096);
    if (!fresh) return nullptr;
    mapped += kSlab;
    slab = static_cast<char*>(fresh);
    slab_left = kSlab;
  }
  Buffer* b = BufferFields::construct(slab);
  BufferFields::data(b) = slab + kAlignment;
  poison(slab + kAlignment, bytes - kAlignment);
  slab += bytes;
  slab_left -= bytes;
  return b;
}

void Depot::fill(Chain& magazine, size_t c) {
  const uint32_t wanted = batch(c);
  {
    Shelf& shelf = shelves[c];
    std::lock_guard<std::mutex> lock(shelf.mutex);
    while (magazine.count < wanted && shelf.free.count) magazine.push(shelf.free.pop());
  }
  while (magazine.count < wanted) {
    Buffer* b = cut(c);
    if (!b) break;
    magazine.push(b);
  }
}

void Depot::take(Chain& magazine, size_t c, uint32_t leave) {
  Shelf& shelf = shelves[c];
  std::lock_guard<std::mutex> lock(shelf.mutex);
  while (magazine.count > leave) shelf.free.push(magazine.pop());
}

struct Magazines {
  Chain of[kSmallClasses];
  int64_t uncounted;
  bool registered, gone;
};
constinit thread_local Magazines mine = {};

/// Gives a thread's blocks back when it ends. Buffers that die later than that go to the depot one
/// by one.
struct Farewell {
  ~Farewell() {
    for (size_t c = 0; c < kSmallClasses; ++c) depot().take(mine.of[c], c, 0);
    flush_count();
    mine.gone = true;
  }
};

void first_use() {
  thread_local Farewell farewell;
  (void)&farewell;
  mine.registered = true;
}

void count(int64_t bytes) {
  mine.uncounted += bytes;
  if (mine.uncounted > kUncounted || mine.uncounted < -kUncounted || mine.gone) flush_count();
}
}  // namespace

Buffer* allocate(size_t bytes) {
  const size_t c = class_of(bytes, kAlignment);
  Chain& magazine = mine.of[c];
  if (!magazine.count) {
    if (!mine.registered) first_use();
    depot().fill(magazine, c);
    if (!magazine.count) throw_out_of_memory(bytes);
  }
  Buffer* b = magazine.pop();
  if (mine.gone) depot().take(magazine, c, 0);
  BufferFields::bytes(b) = bytes;
  BufferFields::argument(b) = nullptr;
  unpoison(BufferFields::data(b), std::max<size_t>(bytes, 1));
  count(static_cast<int64_t>(bytes));
  return b;
}

void release(Buffer* b) {
  const size_t bytes = BufferFields::bytes(b), c = class_of(bytes, kAlignment);
  poison(BufferFields::data(b), class_bytes(c, kAlignment));
  Chain& magazine = mine.of[c];
  if (!mine.registered) first_use();
  magazine.push(b);
  if (magazine.count > 2 * batch(c) || mine.gone)
    depot().take(magazine, c, mine.gone ? 0 : batch(c));
  count(-static_cast<int64_t>(bytes));
}

void flush_count() {
  memory_count.add(mine.uncounted);
  mine.uncounted = 0;
}

size_t mapped_bytes() { return depot().mapped; }
}  // namespace small
}  // namespace runtime
}  // namespace torch
