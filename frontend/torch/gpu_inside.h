/// What the functions about GPUs share.
#pragma once
#include "frontend/tensor/compute_inside.h"

namespace torch {
/// A GPU that is there; -1 is the current one.
runtime::DeviceId gpu(int64_t index, const char* what, Location where);
}  // namespace torch
