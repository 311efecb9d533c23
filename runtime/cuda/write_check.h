/// WEFT_GUARD: kernels write what their launch says that they write, and nothing else of what they
/// are given. What may run at the same time depends on it.
#pragma once
#include <functional>
#include <vector>

#include "runtime/cuda/device.h"
#include "runtime/cuda/nodes.h"

namespace torch {
namespace runtime {
namespace cuda {

/// Launches a node, and compares what it may only read before and after. Throws std::logic_error.
void check_writes(Device& device, const Node& node, const std::vector<char*>& bases,
                  const std::function<void()>& launch);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
