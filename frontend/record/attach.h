/// What the program hangs on values for their gradients: results of its own functions, tensors that
/// retain their gradient, hooks.
#pragma once
#include <memory>

#include "frontend/record/graph_lock.h"
#include "frontend/record/tensor_impl.h"

namespace torch {
namespace autograd {
struct Node;
}
namespace record {

/// Made on demand.
autograd::Anchor& anchor_of(Node* node, GraphLock& lock);
/// Result `index` of a function of the user's, for gradients alone: it has no value of its own.
Value result_of(std::shared_ptr<autograd::Node> function, uint32_t index, const Type& type,
                Home home);
/// Carries gradients, which end here.
Value end_of_gradients(const Type& type, Home home);
/// The tensor, which has no history, gets that of `structure`.
void attach(const Tensor& t, const Value& structure, Location where);
/// What made the value as the program sees it: past values that stand for the same one, and past a
/// change of layout that was undone. Graph lock.
Node* made_by(Node* node);
/// The value of it alone, which keeps no history alive.
Value bare(const Value& v, Location where);
/// From now on the gradient of what the tensor is now is the one that it retains.
void retain_gradient(const Tensor& t);
}  // namespace record
}  // namespace torch
