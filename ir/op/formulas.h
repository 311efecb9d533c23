/// The scalar bodies of the elementwise ops, as generic C++: include ir/scalar's functions first,
/// then this header.
#pragma once
#include "ir/op/op.h"

namespace torch {
namespace op {
#include "ir/op/formulas.inc"
}  // namespace op
}  // namespace torch
