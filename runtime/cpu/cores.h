/// How many threads this process may sensibly run.
#pragma once

namespace torch {
namespace runtime {

/// Physical cores among the CPUs of the process's affinity mask, at most the container's CPU quota;
/// at least 1.
int available_cores();
}  // namespace runtime
}  // namespace torch
