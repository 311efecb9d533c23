/// What stands between a write to exposed memory and the program's look at it.
#pragma once
#include "frontend/record/eval.h"
#include "frontend/record/tensor_impl.h"

namespace torch {
namespace record {
/// After a write: the exposed memory of the tensor's storage takes the new value, now or at the end
/// of the step.
void land(const TensorImpl& t, Location where);
}  // namespace record
}  // namespace torch
