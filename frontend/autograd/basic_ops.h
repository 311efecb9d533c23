/// Nodes that do next to nothing, under libtorch's names.
#pragma once
#include "frontend/autograd/node.h"

namespace torch {
namespace autograd {
/// A backward that comes here is an error.
struct Error : Node {
  Error(std::string message, edge_list&& next_edges)
      : Node(std::move(next_edges)), message_(std::move(message)) {}
  explicit Error(std::string message) : message_(std::move(message)) {}
  variable_list apply(variable_list&& inputs) override;

 private:
  std::string message_;
};
/// Passes tensors on; their gradient is an error.
struct DelayedError : Node {
  DelayedError(std::string message, int64_t num_inputs);
  variable_list apply(variable_list&& inputs) override;

 private:
  std::string message_;
};
/// Passes tensors on; no gradient comes back.
struct UndefinedGrad : Node {
  UndefinedGrad();
  variable_list apply(variable_list&& inputs) override;
};
struct UndefinedGradBackward : Node {
  using Node::Node;
  variable_list apply(variable_list&& inputs) override {
    return variable_list(inputs.size());
  }
};
struct GraphRoot : Node {
  GraphRoot(edge_list functions, variable_list inputs);
  variable_list apply(variable_list&&) override { return outputs; }
  variable_list outputs;
};
struct Identity : Node {
  variable_list apply(variable_list&& inputs) override { return std::move(inputs); }
};
}  // namespace autograd
}  // namespace torch
