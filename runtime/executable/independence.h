/// Whether launches that stand beside each other may.
#pragma once
#include "runtime/executable/launch_list.h"

namespace torch {
namespace runtime {

/// Throws std::logic_error when, in one job, a launch writes memory that another one touches: an
/// arena block, an output, an input that such an output may be written over; or when one that
/// reports errors is not alone.
void check_independence(const LaunchPlan& plan);
}  // namespace runtime
}  // namespace torch
