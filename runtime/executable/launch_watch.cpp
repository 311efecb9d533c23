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

void LaunchWatch::report_launches(const std::vector<size_t>& which) const {
  const double passed = static_cast<double>(history::now() - begun_);
  double all = 0, before = 0;
  for (size_t i : which) all += static_cast<double>(busy_[i]);
  std::vector<history::Entry> kernels;
  for (size_t i : which) {
    const Launch& l = first_[i];
    const double share =
        all > 0 ? static_cast<double>(busy_[i]) / all : 1.0 / static_cast<double>(which.size());
    const auto begin = begun_ + static_cast<int64_t>(before);
    before += passed * share;
    const int64_t ns = begun_ + static_cast<int64_t>(before) - begin;
    if (knobs().logs("kernels")) print(l, ns, which.size());
    kernels.push_back(
        {l.kernel->name, l.kernel->kind, l.kernel->source, begin, ns, l.node, l.tasks});
  }
  if (history::enabled()) history::add_launch(std::move(kernels));
}
}  // namespace runtime
}  // namespace torch
