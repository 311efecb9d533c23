#include "runtime/trace/events.h"

#include <deque>
#include <mutex>

namespace torch {
namespace runtime {
namespace trace {
namespace {

constexpr size_t kKept = 65536;

struct Log {
  std::mutex mutex;
  std::deque<Event> events;
};
Log& log() {
  static Log* l = new Log();
  return *l;
}
}  // namespace

void add(Event event) {
  if (!history::enabled()) return;
  event.thread = history::thread_number();
  Log& l = log();
  std::lock_guard<std::mutex> lock(l.mutex);
  if (l.events.size() == kKept) l.events.pop_front();
  l.events.push_back(std::move(event));
}

std::vector<Event> events() {
  Log& l = log();
  std::lock_guard<std::mutex> lock(l.mutex);
  return {l.events.begin(), l.events.end()};
}

void clear() {
  Log& l = log();
  std::lock_guard<std::mutex> lock(l.mutex);
  l.events.clear();
}
}  // namespace trace
}  // namespace runtime
}  // namespace torch
