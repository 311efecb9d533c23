/// The graph of gradients as a backward sees it: from outputs down to what they were computed of.
#pragma once
#include "frontend/record/graph_lock.h"
#include "ir/op/inline_vector.h"

namespace torch {
namespace autograd {

using Nodes = op::InlineVector<record::Node*, 16>;
struct Walk {
  /// Operands before their users; what lies between the outputs and a target, both included.
  Nodes nodes;
  /// Those of them that gradients are wanted of: targets; reads of leaves, or results whose tensor
  /// retains its gradient.
  Nodes ends;
  /// Something on the way must be asked before the gradient goes on: a hook, a function of the
  /// program's.
  bool asks = false;
};
/// `targets`: nodes that gradients are taken with respect to; empty: every leaf, and whatever wants
/// to see a gradient. Waits for what another thread evaluates on the way.
Walk walk(const Nodes& outputs, const Nodes& targets, record::GraphLock& lock);
/// What the gradient of a node goes on to; null: nothing. A function's operands are those of its
/// results.
uint32_t num_sources(const record::Node& node);
record::Node* source(const record::Node& node, uint32_t i);
/// What is called with the gradient of the node: a function of the program's, or the op itself where
/// hooks hang on it; null: nothing, weft.grad goes through.
const void* callee(const record::Node& node);
/// Throws where a value that a gradient needs was changed in place, or was released by an earlier
/// backward.
void check_saved(const Walk& walk, const Nodes& outputs, Location where);
[[noreturn]] void refuse_second_backward(Location where, const std::string& by);
[[noreturn]] void refuse_modified(const op::Type& type, const record::Node* value, uint32_t now,
                                  uint32_t expected, Location where, const std::string& by);
/// A backward without retain_graph went this way. A gradient that has a graph of its own is computed
/// anew of all that it was computed of, which therefore stays.
void consume(const Walk& walk, bool gradient_has_graph);
}  // namespace autograd
}  // namespace torch
