/// What autograd calls an op.
#pragma once
#include <string>

#include "frontend/record/node.h"

namespace torch {
namespace autograd {
/// "AddBackward0": the label that a function recorded it under, else by the op.
std::string node_name(const record::Node& node);
/// "Add": as libtorch's errors spell it.
std::string name_in_errors(const record::Node& node);
}  // namespace autograd
}  // namespace torch
