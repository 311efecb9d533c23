/// What running an op would cost, roughly, where it is decided between running it at once and
/// compiling it.
#pragma once
#include "ir/op/op.h"

namespace torch {
namespace record {
/// Nanoseconds of one op in the reference tier.
double cost(op::Op op, op::Span<op::Type> operands, op::Span<op::Type> results);
}  // namespace record
}  // namespace torch
