/// What anomaly mode says of an error in a backward.
#pragma once
#include <string>

#include "frontend/record/node.h"

namespace torch {
namespace autograd {
/// In anomaly mode warns with the forward line of the op whose gradient failed, and with that of the
/// op whose gradient that op is, if it is one.
void warn_of_origin(const record::Node& op, Location where);
}  // namespace autograd
}  // namespace torch
