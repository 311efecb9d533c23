/// A launch plan as one list of steps: loops are unrolled, every pointer is a base of the run and
/// bytes from it.
#pragma once
#include <deque>
#include <vector>

#include "runtime/executable/launch_list.h"

namespace torch {
namespace runtime {
namespace cuda {

struct Place {
  uint32_t base = 0;  // inputs, outputs, constants, the arena, blocks by themselves
  size_t offset = 0, bytes = 0;
  bool written = false;
};

struct Step {
  /// host: a function of ours, on the CPU; copy: buffer 0 to buffer 1.
  enum Kind : uint8_t { kernel, host, copy } kind = kernel;
  const Launch* launch = nullptr;
  std::vector<Place> places;  // of the launch's buffers
  int report = -1;            // number of its error report; which is its last place, or any
  bool beside = false;        // may run with the step before
};

struct FlatPlan {
  /// `guarded`: blocks of arenas are memory by themselves. Throws std::logic_error when the plan
  /// contradicts itself.
  explicit FlatPlan(LaunchPlan plan, bool guarded = false);
  FlatPlan(const FlatPlan&) = delete;
  FlatPlan& operator=(const FlatPlan&) = delete;

  const LaunchPlan plan;
  std::vector<Step> steps;
  std::vector<BufferRef> constants;  // the plan's and those of its loops' bodies
  std::vector<size_t> blocks;        // bytes of those that are memory by themselves
  size_t arena_bytes = 0;            // the plan's arena, and more behind it:
  std::vector<size_t> unwanted;      //   where an output that nobody wants goes
  size_t reports_offset = 0;         //   error reports
  uint32_t reports = 0;
  /// Bytes behind the arena, 64-byte aligned.
  size_t reserve(size_t bytes);
  uint32_t outputs_base() const { return static_cast<uint32_t>(plan.input_types.size()); }
  uint32_t constants_base() const {
    return outputs_base() + static_cast<uint32_t>(plan.output_types.size());
  }
  uint32_t arena_base() const { return constants_base() + static_cast<uint32_t>(constants.size()); }
  uint32_t bases() const { return arena_base() + 1 + static_cast<uint32_t>(blocks.size()); }
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
