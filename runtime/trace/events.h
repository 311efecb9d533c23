/// What took time apart from launches: compilations, passes, waits. Recorded while the history is
/// enabled; with the launches it makes a trace for chrome://tracing or https://ui.perfetto.dev.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/trace/history.h"

namespace torch {
namespace runtime {
namespace trace {

struct Event {
  std::string category, name;  // category: compile, pass, barrier ...
  int64_t begin_ns, ns;        // on the steady clock
  std::vector<std::pair<std::string, std::string>> arguments;
  uint64_t thread = 0;
};
/// Keeps it, if the history is enabled; the latest 65536 are kept.
void add(Event event);
std::vector<Event> events();
void clear();

/// An event that lasts as long as the object.
class Scope {
 public:
  Scope(const char* category, std::string name) : category_(category), on_(history::enabled()) {
    if (on_) name_ = std::move(name), begin_ = history::now();
  }
  ~Scope() {
    if (on_)
      add({category_, std::move(name_), begin_, history::now() - begin_, std::move(arguments_)});
  }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  void argument(std::string key, std::string value) {
    if (on_) arguments_.emplace_back(std::move(key), std::move(value));
  }

 private:
  const char* category_;
  const bool on_;
  std::string name_;
  int64_t begin_ = 0;
  std::vector<std::pair<std::string, std::string>> arguments_;
};

/// All launches and events that are kept, as Chrome's trace format (JSON).
std::string chrome_trace();
/// Writes it to a file. Throws std::runtime_error with the system's reason.
void write_chrome_trace(const std::string& path);
}  // namespace trace
}  // namespace runtime
}  // namespace torch
