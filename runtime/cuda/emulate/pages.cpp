// One range of addresses is all of device memory. The host cannot touch it, as it cannot touch a
// GPU's, except while a call of the driver is under way.
#include <sys/mman.h>

#include <atomic>
#include <map>

#include "runtime/cuda/emulate/driver_state.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {
namespace {

constexpr size_t kRange = size_t(64) << 30;
constexpr size_t kHuge = size_t(2) << 20;
constexpr size_t kPage = 4096;
size_t whole_pages(size_t bytes) { return (bytes + kPage - 1) / kPage * kPage; }

struct Pages {
  std::mutex mutex;
  char* begin = nullptr;
  size_t used = 0;                // no page beyond was ever handed out
  std::map<size_t, size_t> free;  // by offset: bytes
  int accesses = 0;

  Pages() {
    void* range = mmap(nullptr, kRange + kHuge, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) return;
    begin = static_cast<char*>(range);
    begin += (kHuge - reinterpret_cast<size_t>(begin) % kHuge) % kHuge;
    madvise(begin, kRange, MADV_HUGEPAGE);  // fewer entries whose protection changes
  }
  void protect(int how) {
    if (used) mprotect(begin, used, how);
  }
};
Pages& pages() {
  static Pages* p = new Pages();
  return *p;
}
}  // namespace

Access::Access() {
  Pages& p = pages();
  std::lock_guard<std::mutex> lock(p.mutex);
  if (p.accesses++ == 0) p.protect(PROT_READ | PROT_WRITE);
}
Access::~Access() {
  Pages& p = pages();
  std::lock_guard<std::mutex> lock(p.mutex);
  if (--p.accesses == 0) p.protect(PROT_NONE);
}

namespace {
char* reserve_guarded(size_t bytes) {
  const size_t pages = whole_pages(bytes);
  void* map = mmap(nullptr, pages + 2 * kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED) return nullptr;
  char* begin = static_cast<char*>(map) + kPage;
  mprotect(begin, pages, PROT_READ | PROT_WRITE);
  return knobs().guard == Knobs::Guard::start ? begin : begin + (pages - bytes) / 16 * 16;
}
bool in_range(const char* at) {
  const Pages& p = pages();
  return at >= p.begin && at < p.begin + kRange;
}
}  // namespace

char* reserve(size_t bytes) {
  if (knobs().guards()) return reserve_guarded(bytes);
  bytes = whole_pages(bytes);
  Pages& p = pages();
  std::lock_guard<std::mutex> lock(p.mutex);
  for (auto at = p.free.begin(); at != p.free.end(); ++at) {
    if (at->second < bytes) continue;
    const auto [offset, length] = *at;
    p.free.erase(at);
    if (length > bytes) p.free[offset + bytes] = length - bytes;
    return p.begin + offset;
  }
  if (!p.begin || p.used + bytes > kRange) return nullptr;
  char* found = p.begin + p.used;
  p.used += bytes;
  if (p.accesses) mprotect(found, bytes, PROT_READ | PROT_WRITE);
  return found;
}

void release(char* at, size_t bytes) {
  bytes = whole_pages(bytes);
  if (!in_range(at)) {
    char* begin = at - reinterpret_cast<size_t>(at) % kPage;
    munmap(begin - kPage, bytes + 2 * kPage);
    return;
  }
  Pages& p = pages();
  std::lock_guard<std::mutex> lock(p.mutex);
  madvise(at, bytes, MADV_DONTNEED);
  auto [begin, inserted] = p.free.emplace(static_cast<size_t>(at - p.begin), bytes);
  auto next = std::next(begin);
  if (next != p.free.end() && begin->first + begin->second == next->first) {
    begin->second += next->second;
    p.free.erase(next);
  }
  if (begin == p.free.begin()) return;
  auto before = std::prev(begin);
  if (before->first + before->second != begin->first) return;
  before->second += begin->second;
  p.free.erase(begin);
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
