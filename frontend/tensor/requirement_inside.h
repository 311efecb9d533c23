#pragma once
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/requirement.h"

namespace torch {
using detail::Range;
using detail::within;
/// As of a tensor; the error names how.what where no function or module stands around it.
Value within(const Value& x, const Range& range, const How& how);
}  // namespace torch
