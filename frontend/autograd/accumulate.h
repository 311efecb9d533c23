/// What becomes of gradients that arrived.
#pragma once
#include "frontend/autograd/meta.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace autograd {

/// What a tensor's hooks make of its gradient; null: none came.
record::Value after_hooks(const Place& place, record::Value gradient, const How& how);
/// A gradient brought to the type of what it is of, and to where that lives: dims that were broadcast
/// are summed. What does not fit is an error about number `i` of what `by` ("Function f returned an ")
/// gave.
record::Value fitting(const Tensor& gradient, const op::Type& type, record::Home home, size_t i,
                      const std::string& by, const How& how);
/// Adds to the leaf's gradient, and calls what hangs on that.
void accumulate(Meta& leaf, const record::Value& gradient, const How& how);
/// Adds to the gradient that a tensor which is no leaf retains.
void retain(Meta& keeper, const record::Value& gradient, const How& how);
/// The node at which the leaf's gradients arrive, as the program sees it.
std::shared_ptr<Node> accumulator_of(Meta* leaf);
}  // namespace autograd
}  // namespace torch
