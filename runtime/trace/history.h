/// The kernels that ran, newest last: for tests that pin what was fused, and for profiles. Off
/// unless enabled.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace torch {
namespace runtime {
namespace history {

struct Entry {
  std::string name, kind, source;
  int64_t begin_ns, ns;  // on the steady clock
  uint32_t node;
  int64_t tasks;
  uint64_t thread = 0;   // small number of the launching thread
  uint64_t launch = 0;   // kernels of one launch have the same number
};

namespace detail {
extern std::atomic<bool> enabled;
}
inline bool enabled() { return detail::enabled.load(std::memory_order_relaxed); }
/// Starts or stops recording. The latest 65536 entries are kept.
void enable(bool on);
void clear();
/// Number of entries since the start of the process, those that were cleared or overwritten
/// included.
uint64_t count();
/// Entries from number `first` on, as far as they are still there.
std::vector<Entry> entries(uint64_t first = 0);

/// The kernels of one launch.
void add_launch(std::vector<Entry> kernels);
inline void add(Entry entry) { add_launch({std::move(entry)}); }
/// Nanoseconds on the steady clock.
int64_t now();
/// A small number for the calling thread, in the order of their first calls.
uint64_t thread_number();
}  // namespace history
}  // namespace runtime
}  // namespace torch
