#include "runtime/executable/launch_watch.h"

#include <cstdio>

#include "runtime/trace/history.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace {

void print(const Launch& launch, int64_t ns, size_t together) {
  std::fprintf(
      stderr, "weft: kernel %s (%s) %.1f us, %lld tasks%s%s%s\n", launch.kernel->name.c_str(),
      launch.kernel->kind.c_str(), static_cast<double>(ns) / 1000,
      static_cast<long long>(launch.tasks),
      together > 1 ? (", one of " + std::to_string(together) + " in a launch").c_str() : "",
      launch.kernel->source.empty() ? "" : "; ", launch.kernel->source.c_str());
}
}  // namespace

bool LaunchWatch::wanted() { return history::enabled() || knobs().logs("kernels"); }

LaunchWatch::LaunchWatch(const Launch* first, size_t count)
    : first_(first),
      count_(count),
      begun_(history::now()),
      busy_(new std::atomic<int64_t>[count]()) {}

void report_launches(const std::vector<LaunchTime>& together) {
  std::vector<history::Entry> kernels;
  for (const LaunchTime& t : together) {
    const Launch& l = *t.launch;
    if (knobs().logs("kernels")) print(l, t.ns, together.size());
    kernels.push_back(
        {l.kernel->name, l.kernel->kind, l.kernel->source, t.begin_ns, t.ns, l.node, l.tasks});
  }
  if (history::enabled()) history::add_launch(std::move(kernels));
}

void LaunchWatch::report_launches(const std::vector<size_t>& which) const {
  const double passed = static_cast<double>(history::now() - begun_);
  double all = 0, before = 0;
  for (size_t i : which) all += static_cast<double>(busy_[i]);
  std::vector<LaunchTime> times;
  for (size_t i : which) {
    const double share =
        all > 0 ? static_cast<double>(busy_[i]) / all : 1.0 / static_cast<double>(which.size());
    const auto begin = begun_ + static_cast<int64_t>(before);
    before += passed * share;
    times.push_back({first_ + i, begin, begun_ + static_cast<int64_t>(before) - begin});
  }
  runtime::report_launches(times);
}
}  // namespace runtime
}  // namespace torch
