#include "runtime/trace/history.h"

#include <algorithm>
#include <chrono>
#include <mutex>

namespace torch {
namespace runtime {
namespace history {
namespace detail {
std::atomic<bool> enabled{false};
}
namespace {

constexpr size_t kKept = 65536;

struct Ring {
  std::mutex mutex;
  std::vector<Entry> slots;   // entry number n lies in n % kKept
  uint64_t total = 0, cleared = 0, launches = 0;

  void add(Entry entry) {
    if (slots.size() < kKept) slots.push_back(std::move(entry));
    else slots[total % kKept] = std::move(entry);
    ++total;
  }
};
Ring& ring() {
  static Ring* r = new Ring();
  return *r;
}
}  // namespace

void enable(bool on) { detail::enabled.store(on, std::memory_order_relaxed); }

void clear() {
  Ring& r = ring();
  std::lock_guard<std::mutex> lock(r.mutex);
  r.cleared = r.total;
}

uint64_t count() {
  Ring& r = ring();
  std::lock_guard<std::mutex> lock(r.mutex);
  return r.total;
}

std::vector<Entry> entries(uint64_t first) {
  Ring& r = ring();
  std::lock_guard<std::mutex> lock(r.mutex);
  first = std::max({first, r.cleared, r.total > kKept ? r.total - kKept : 0});
  std::vector<Entry> found;
  for (uint64_t n = first; n < r.total; ++n) found.push_back(r.slots[n % kKept]);
  return found;
}

void add_launch(std::vector<Entry> kernels) {
  const uint64_t thread = thread_number();
  Ring& r = ring();
  std::lock_guard<std::mutex> lock(r.mutex);
  ++r.launches;
  for (Entry& kernel : kernels) {
    kernel.thread = thread;
    kernel.launch = r.launches;
    r.add(std::move(kernel));
  }
}

int64_t now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

uint64_t thread_number() {
  static std::atomic<uint64_t> next{0};
  thread_local uint64_t mine = next.fetch_add(1);
  return mine;
}
}  // namespace history
}  // namespace runtime
}  // namespace torch
