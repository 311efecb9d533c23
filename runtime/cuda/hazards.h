/// Which kernels of a segment must wait for which.
#pragma once
#include <cstdint>
#include <vector>

#include "runtime/cuda/nodes.h"

namespace torch {
namespace runtime {
namespace cuda {

/// For each node the earlier ones that write what it touches, or touch what it writes; those that
/// others of them wait for are left out. Outputs may be the memory of inputs (the plan's aliases).
/// Of very many each waits for the one before.
std::vector<std::vector<uint32_t>> hazards(const FlatPlan& plan, const Preparation& preparation,
                                           const Segment& segment);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
