#include "tools/weft_run/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace weft_run {
namespace {
using torch::runtime::history::Entry;

std::string duration(double seconds) {
  if (seconds < 1e-6) return fmt::format("{:.0f} ns", seconds * 1e9);
  if (seconds < 1e-3) return fmt::format("{:.1f} us", seconds * 1e6);
  if (seconds < 1) return fmt::format("{:.2f} ms", seconds * 1e3);
  return fmt::format("{:.2f} s", seconds);
}

std::string compile_line(const char* tier, const torch::runtime::Executable::Summary& s) {
  if (s.reference) return fmt::format("{}: op by op; passes {:.1f} ms\n", tier, s.passes_ms);
  return fmt::format(
      "{}: {} kernel{} ({} compiled), passes {:.1f} ms, code {:.1f} ms, {} bytes for temporaries\n",
      tier, s.kernels, s.kernels == 1 ? "" : "s", s.kernels_compiled, s.passes_ms, s.codegen_ms,
      s.arena_bytes);
}

std::string times_line(const char* tier, std::vector<double> seconds) {
  if (seconds.size() == 1) return fmt::format("{}: ran in {}\n", tier, duration(seconds[0]));
  std::sort(seconds.begin(), seconds.end());
  return fmt::format("{}: best {}, median {} of {} runs\n", tier, duration(seconds.front()),
                     duration(seconds[seconds.size() / 2]), seconds.size());
}

// Launches of the same kernel make one row, in the order of their first launches.
std::string table(const std::vector<Entry>& launches) {
  struct Row {
    const Entry* first;
    int64_t count = 0, ns = 0;
  };
  std::vector<Row> rows;
  std::map<std::pair<std::string, std::string>, size_t> known;
  for (const Entry& e : launches) {
    const size_t at = known.emplace(std::make_pair(e.name, e.kind), rows.size()).first->second;
    if (at == rows.size()) rows.push_back({&e});
    rows[at].count += 1;
    rows[at].ns += e.ns;
  }
  size_t width = 6;
  for (const Row& r : rows) width = std::max(width, r.first->name.size());
  std::string text = fmt::format("  {:<{}}  {:<11}  {:>8}  {:>9}  {}\n", "kernel", width, "kind",
                                 "launches", "time", "lines");
  for (const Row& r : rows)
    text += fmt::format("  {:<{}}  {:<11}  {:>8}  {:>9}  {}\n", r.first->name, width, r.first->kind,
                        r.count, duration(static_cast<double>(r.ns) * 1e-9), r.first->source);
  for (size_t at; (at = text.find(" \n")) != std::string::npos;) text.erase(at, 1);
  return text;
}
}  // namespace

std::string report(const char* tier, const Execution& execution) {
  std::string text = compile_line(tier, execution.summary) + times_line(tier, execution.seconds);
  if (!execution.launches.empty()) text += table(execution.launches);
  return text;
}
}  // namespace weft_run
