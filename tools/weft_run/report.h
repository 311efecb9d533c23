/// What weft-run says about an execution.
#pragma once
#include <string>

#include "tools/weft_run/execution.h"

namespace weft_run {

/// Lines: what was compiled, the times of the runs, the kernels with their launches and times.
std::string report(const char* tier, const Execution& execution);
}  // namespace weft_run
