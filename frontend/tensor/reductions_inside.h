/// What functions that reduce share.
#pragma once
#include "frontend/tensor/compute_inside.h"

namespace torch {
/// The dims that a reduction is over, sorted; all of them when none is given.
Dims reduced_dims(IntArrayRef dims, int64_t rank, const How& how);
/// With these sizes, itself if it has them.
Value reshaped(const Value& v, Span<int64_t> sizes, const How& how);
/// The op over these dims, which leave or, if `keepdim`, have size 1.
Value reduce(Op op, const Operand& x, Span<int64_t> dims, bool keepdim, const How& how);
}  // namespace torch
