/// What an op costs an element, as the op table says.
#pragma once
#include "ir/op/op.h"

namespace torch {
namespace op {
/// Tens of instructions: better kept than computed twice.
bool is_costly(Op op);
}  // namespace op
}  // namespace torch
