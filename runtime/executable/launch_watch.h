/// Who takes how long: of a job's launches, for the history and for WEFT_LOG=kernels.
#pragma once
#include <atomic>
#include <memory>
#include <vector>

#include "runtime/executable/launch_list.h"

namespace torch {
namespace runtime {

/// A launch that ran, on the steady clock.
struct LaunchTime {
  const Launch* launch;
  int64_t begin_ns, ns;
};
/// Those that were one job, to the history and to WEFT_LOG=kernels.
void report_launches(const std::vector<LaunchTime>& together);

class LaunchWatch {
 public:
  /// Whether anybody wants to know.
  static bool wanted();
  /// Begins now, for `count` launches from `first` on.
  LaunchWatch(const Launch* first, size_t count);
  /// Thread safe: a piece of launch number `launch` ran so long.
  void add(size_t launch, int64_t ns) { busy_[launch].fetch_add(ns, std::memory_order_relaxed); }
  /// The job is done. What passed is divided among its launches by what they had of the threads,
  /// one after the other, so that a sum over entries is a time that passed. Launches that `ran`
  /// denies are left out.
  template <class Ran> void report(Ran&& ran) const {
    std::vector<size_t> which;
    for (size_t i = 0; i < count_; ++i)
      if (ran(i)) which.push_back(i);
    if (!which.empty()) report_launches(which);
  }

 private:
  void report_launches(const std::vector<size_t>& which) const;

  const Launch* first_;
  size_t count_;
  int64_t begun_;
  std::unique_ptr<std::atomic<int64_t>[]> busy_;
};
}  // namespace runtime
}  // namespace torch
