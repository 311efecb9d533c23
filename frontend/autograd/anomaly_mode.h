/// While it is on, a backward goes op by op: what it gives is looked at, and an error names the line
/// of the forward op.
#pragma once

namespace torch {
namespace autograd {
/// Of the process.
struct AnomalyMode {
  static bool is_enabled();
  static bool should_check_nan();
  static void set_enabled(bool enabled, bool check_nan = true);
};
/// Turns it on for a scope.
class DetectAnomalyGuard {
 public:
  explicit DetectAnomalyGuard(bool check_nan = true);
  ~DetectAnomalyGuard();
  DetectAnomalyGuard(const DetectAnomalyGuard&) = delete;
  DetectAnomalyGuard& operator=(const DetectAnomalyGuard&) = delete;

 private:
  bool enabled_, check_nan_;
};
}  // namespace autograd
}  // namespace torch
