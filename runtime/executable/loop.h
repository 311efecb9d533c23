/// A loop over a launch list: what a scan is when its body takes several kernels.
#pragma once
#include <memory>
#include <vector>

#include "runtime/executable/launch_list.h"

namespace torch {
namespace runtime {

/// The body is (states, slices, captured values) -> (next states, outputs of the step). A launch of
/// the loop has the buffers: initial states, stacked inputs, captured values, then what `finals`
/// and `outputs` point to, and for each state one more of its size.
struct Loop {
  std::shared_ptr<const LaunchList> body;
  int64_t steps = 0;
  size_t carried = 0, stacked = 0;
  bool reverse = false;
  std::vector<size_t> finals;   // the buffer that gets the last value of each state
  std::vector<size_t> spares;   // where its value lies after every other step
  std::vector<int64_t> outputs; // the buffer of each stacked output; -1: nobody wants it

  void run(void* const* buffers) const;
};
/// The kernel of a launch with one task, whose only parameter is `loop_parameter` of it.
std::shared_ptr<const Kernel> loop_kernel(std::string name, std::shared_ptr<const Loop> loop);
int64_t loop_parameter(const Kernel& kernel);
}  // namespace runtime
}  // namespace torch
