/// Room on the stack for backwards inside of backwards: a function's backward may call backward,
/// thousands deep.
#pragma once
#include <functional>

namespace torch {
namespace autograd {
/// Calls `body` on this thread: where the stack is nearly full, on a new one.
void with_room(const std::function<void()>& body);
}  // namespace autograd
}  // namespace torch
