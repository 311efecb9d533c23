/// Ops on f16 and bf16 by the functions for f32.
#pragma once
#include "runtime/reference/call.h"

namespace torch {
namespace reference {

/// `function` on operands widened to f32, results rounded to their own type.
void in_float(const Call& c, Function function);

/// A function that knows f32, for f16 and bf16 as well.
template <Function function> void computed(const Call& c) {
  for (const op::Type* t : c.operand_types)
    if (op::is_half(t->dtype)) return in_float(c, function);
  function(c);
}
}  // namespace reference
}  // namespace torch
