// The format: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
// (complete events, "X").
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "runtime/trace/events.h"

namespace torch {
namespace runtime {
namespace trace {
namespace {

nlohmann::json complete(const std::string& category, const std::string& name, int64_t begin_ns,
                        int64_t ns, uint64_t thread, nlohmann::json arguments) {
  return {{"ph", "X"},
          {"cat", category},
          {"name", name},
          {"ts", static_cast<double>(begin_ns) / 1000},
          {"dur", static_cast<double>(ns) / 1000},
          {"pid", getpid()},
          {"tid", thread},
          {"args", std::move(arguments)}};
}
}  // namespace

std::string chrome_trace() {
  nlohmann::json list = nlohmann::json::array();
  for (const history::Entry& e : history::entries())
    list.push_back(complete("kernel", e.name, e.begin_ns, e.ns, e.thread,
                            {{"kind", e.kind},
                             {"source", e.source},
                             {"node", e.node},
                             {"tasks", e.tasks},
                             {"launch", e.launch}}));
  for (const Event& e : events())
    list.push_back(complete(e.category, e.name, e.begin_ns, e.ns, e.thread, e.arguments));
  const nlohmann::json trace = {{"traceEvents", std::move(list)}, {"displayTimeUnit", "ns"}};
  // Names come from users: bytes that are no UTF-8 must not cost the trace.
  return trace.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void write_chrome_trace(const std::string& path) {
  std::ofstream file(path);
  file << chrome_trace() << "\n";
  file.close();
  if (!file)
    throw std::runtime_error("trace: cannot write \"" + path + "\": " + std::strerror(errno));
}
}  // namespace trace
}  // namespace runtime
}  // namespace torch
