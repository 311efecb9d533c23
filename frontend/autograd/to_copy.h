/// The way of a gradient from one device to another.
#pragma once
#include "frontend/record/record.h"

namespace torch {
namespace autograd {
/// The value, which carries gradients, as one that lives in `to`: they come back to where it lives
/// now. "ToCopyBackward0", a function as those of the program's are.
record::Value to_copy(const record::Value& value, record::Home to, const record::How& how,
                      bool may_wait = true);
}  // namespace autograd
}  // namespace torch
