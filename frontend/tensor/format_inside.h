/// The text of a tensor from its numbers.
#pragma once
#include <string>

#include "frontend/tensor/array_ref.h"

namespace torch {
/// `values` row-major; `type` as in "CPUFloatType". Numbers are printed as doubles whatever their
/// type, as libtorch does.
std::string format_tensor(const double* values, IntArrayRef sizes, const std::string& type,
                          int64_t linesize);
}  // namespace torch
