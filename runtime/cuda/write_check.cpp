#include "runtime/cuda/write_check.h"

#include <stdexcept>

#include "runtime/cuda/copy.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

struct Range {
  char *begin, *end;
  const Step* step;
  size_t buffer;
};

std::vector<char> content(Device& device, const Range& r) {
  std::vector<char> bytes(static_cast<size_t>(r.end - r.begin));
  if (!bytes.empty()) copy_to_host(device, bytes.data(), r.begin, bytes.size());
  device.wait();
  return bytes;
}
}  // namespace

void check_writes(Device& device, const Node& node, const std::vector<char*>& bases,
                  const std::function<void()>& launch) {
  std::vector<Range> read, written;
  for (const Step* step : node.steps)
    for (size_t i = 0; i < step->places.size(); ++i) {
      const Place& p = step->places[i];
      char* const begin = bases[p.base] + p.offset;
      (p.written ? written : read).push_back({begin, begin + p.bytes, step, i});
    }
  auto is_written = [&](const Range& r) {
    for (const Range& w : written)
      if (w.begin < r.end && r.begin < w.end) return true;
    return false;
  };
  std::vector<std::vector<char>> before;
  for (const Range& r : read) before.push_back(content(device, r));
  launch();
  for (size_t i = 0; i < read.size(); ++i)
    if (!is_written(read[i]) && content(device, read[i]) != before[i])
      throw std::logic_error("launch graph: kernel " + read[i].step->launch->kernel->name +
                             " wrote buffer " + std::to_string(read[i].buffer) +
                             ", which it was to read");
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
