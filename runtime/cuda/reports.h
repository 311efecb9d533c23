/// Errors in the values of one run, on their way from the device to whoever waits for it next.
#pragma once
#include <memory>

#include "runtime/cuda/device.h"
#include "runtime/cuda/flatten.h"
#include "runtime/executable/executable.h"

namespace torch {
namespace runtime {
namespace cuda {

class Reports {
 public:
  Reports(Device& device, std::shared_ptr<const FlatPlan> plan, LateError late)
      : device_(device), plan_(std::move(plan)), late_(std::move(late)) {}
  /// A function of the CPU found one.
  void add(const ValueError& error);
  /// After the last kernel: the reports lie at `reports` of the device.
  void send(const void* reports);

 private:
  Device& device_;
  std::shared_ptr<const FlatPlan> plan_;
  LateError late_;
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
