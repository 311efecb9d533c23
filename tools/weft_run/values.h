/// Arrays as text, and compared.
#pragma once
#include <string>

#include "ir/op/type.h"

namespace weft_run {

/// As numpy prints them: aligned, 80 columns, only the ends of more than 1000 values. Every number has as many digits as
/// tell it from its neighbours.
std::string format_values(const torch::op::Type& type, const void* data);

/// "" when all bits are equal (a nan is a nan), else the first element that differs and how many do.
std::string first_difference(const torch::op::Type& type, const void* a, const char* name_a, const void* b, const char* name_b);
}  // namespace weft_run
