/// Numbers to try a program with, and the comparison of what came out.
#pragma once
#include <cstdint>
#include <string>

#include "ir/op/type.h"

namespace torch {
namespace reference {

/// Fills an array of floating numbers with numbers in [low, high): the same ones for a seed on
/// every machine.
void fill_random(const op::Type& type, uint64_t seed, double low, double high, void* data);
/// Fills one of integers or bools; `high` is at most one more than the largest that the type has.
void fill_random(const op::Type& type, uint64_t seed, int64_t low, int64_t high, void* data);

/// "" when all bits are equal (a nan is a nan), else the first element that differs and how many
/// do.
std::string first_difference(const op::Type& type, const void* a, const char* name_a, const void* b,
                             const char* name_b);
}  // namespace reference
}  // namespace torch
