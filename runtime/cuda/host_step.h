/// What the CPU does between kernels of a run.
#pragma once
#include <vector>

#include "runtime/cuda/reports.h"

namespace torch {
namespace runtime {
namespace cuda {

/// A copy, or a function of the CPU: its buffers come to the host, and those it writes go back.
void run_step(Device& device, const Step& step, const std::vector<char*>& bases, Reports& reports);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
