#include "frontend/autograd/anomaly_mode.h"

#include <atomic>

namespace torch {
namespace autograd {
namespace {
std::atomic<bool> enabled{false}, check_nan{true};
}
bool AnomalyMode::is_enabled() { return enabled.load(std::memory_order_relaxed); }
bool AnomalyMode::should_check_nan() { return check_nan.load(std::memory_order_relaxed); }
void AnomalyMode::set_enabled(bool on, bool check) {
  enabled = on;
  check_nan = check;
}
DetectAnomalyGuard::DetectAnomalyGuard(bool check)
    : enabled_(AnomalyMode::is_enabled()), check_nan_(AnomalyMode::should_check_nan()) {
  AnomalyMode::set_enabled(true, check);
}
DetectAnomalyGuard::~DetectAnomalyGuard() { AnomalyMode::set_enabled(enabled_, check_nan_); }
}  // namespace autograd
}  // namespace torch
