/// Arrays as text.
#pragma once
#include <string>

#include "ir/op/type.h"

namespace weft_run {

/// As numpy prints them: aligned, 80 columns, only the ends of more than 1000 values. Every number
/// has as many digits as tell it from its neighbours.
std::string format_values(const torch::op::Type& type, const void* data);
}  // namespace weft_run
