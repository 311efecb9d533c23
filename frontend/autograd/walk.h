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
  /// Those of them that are reads of leaves, or results whose tensor retains its gradient.
  Nodes leaves;
};
/// `targets`: nodes that gradients are taken with respect to; empty: every leaf, and what retains
/// its gradient. Waits for what another thread evaluates on the way.
Walk walk(const Nodes& outputs, const Nodes& targets, record::GraphLock& lock);
/// Throws where a value that a gradient needs was changed in place, or was released by an earlier
/// backward.
void check_saved(const Walk& walk, Location where);
/// A backward without retain_graph went this way.
void consume(const Walk& walk);
}  // namespace autograd
}  // namespace torch
