/// The graph of gradients as a program sees it: an op that was recorded with gradients is a Node, as
/// is a function of the program's own; edges lead from it to what made its inputs.
#pragma once
#include <initializer_list>

#include "frontend/autograd/function_hook.h"

namespace torch {
namespace autograd {
struct Meta;
struct Node;
/// Which op made a tensor, and which of that op's results it is. Invalid where no gradient flows.
struct Edge {
  Edge() = default;
  Edge(std::shared_ptr<Node> function, uint32_t input_nr)
      : function(std::move(function)), input_nr(input_nr) {}
  bool is_valid() const { return function != nullptr; }
  bool operator==(const Edge& o) const {
    return function == o.function && input_nr == o.input_nr;
  }
  bool operator!=(const Edge& o) const { return !(*this == o); }
  std::shared_ptr<Node> function;
  uint32_t input_nr = 0;
};
using edge_list = std::vector<Edge>;
/// From `first` up to, not including, `second`.
using IndexRange = std::pair<size_t, size_t>;

/// What a gradient that comes to a node must be.
struct InputMetadata {
  std::vector<int64_t> shape;
  ScalarType dtype;
  Device device = kCPU;
  Tensor zeros_like() const;
};

/// Its inputs are the gradients of the op's results, its outputs those of the op's operands.
struct Node : std::enable_shared_from_this<Node> {
  explicit Node(edge_list&& next_edges = edge_list());
  Node(uint64_t sequence_nr, edge_list&& next_edges = edge_list());
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  virtual ~Node();
  std::shared_ptr<Node> getptr() { return shared_from_this(); }

  /// The gradients of the operands, from those of the results. Hooks are not called.
  variable_list operator()(variable_list&& inputs) { return apply(std::move(inputs)); }
  /// "AddBackward0".
  virtual std::string name() const;
  /// Later ones are larger, and come first in a backward.
  uint64_t sequence_nr() const noexcept { return sequence_nr_; }

  virtual uint32_t num_inputs() const noexcept { return static_cast<uint32_t>(inputs_.size()); }
  /// The tensor is a result of the op; returns which.
  uint32_t add_input_metadata(const Tensor& t);
  uint32_t add_input_metadata(InputMetadata metadata);
  const InputMetadata& input_metadata(size_t i) const { return inputs_.at(i); }

  /// One an operand; invalid where no gradient flows.
  virtual edge_list next_edges() const { return edges_; }
  Edge next_edge(size_t i) const { return next_edges().at(i); }
  uint32_t num_outputs() const { return static_cast<uint32_t>(next_edges().size()); }
  void set_next_edge(size_t i, Edge edge);
  void add_next_edge(Edge edge);
  void set_next_edges(edge_list&& next_edges);
  /// Whether gradients flow to the operand, or to one of these.
  bool should_compute_output(size_t i) const { return next_edge(i).is_valid(); }
  bool should_compute_output(std::initializer_list<IndexRange> ranges) const;
  /// Whether the backward that calls this node now, if one does, wants the gradient.
  bool task_should_compute_output(size_t i) const;
  bool task_should_compute_output(std::initializer_list<IndexRange> ranges) const;

  uintptr_t add_post_hook(std::unique_ptr<FunctionPostHook>&& hook);
  bool del_post_hook(const uintptr_t& key);
  void add_pre_hook(std::unique_ptr<FunctionPreHook>&& hook);
  void add_tensor_pre_hook(std::unique_ptr<FunctionPreHook>&& hook);
  const std::vector<std::unique_ptr<FunctionPostHook>>& post_hooks() const;
  const std::vector<std::unique_ptr<FunctionPreHook>>& pre_hooks() const;
  const std::vector<std::unique_ptr<FunctionPreHook>>& tensor_pre_hooks() const;

  /// What was saved may go: a backward without retain_graph went through.
  virtual void release_variables() {}
  virtual bool is_traceable() { return false; }

 protected:
  virtual variable_list apply(variable_list&& inputs) = 0;
  virtual NodeHooks& hooks() const { return hooks_; }
  uint64_t sequence_nr_;

 private:
  friend struct Inside;
  void place(size_t i);
  edge_list edges_;
  std::vector<InputMetadata> inputs_;
  std::vector<void*> places_;  // counted: of each edge, where the record has it
  mutable NodeHooks hooks_;
};

/// The edge through which gradients come to the tensor; of a leaf, to its accumulator.
namespace impl {
Edge gradient_edge(const Tensor& t);
/// Null for what is no leaf that requires grad.
std::shared_ptr<Node> grad_accumulator(const Tensor& t);
inline std::shared_ptr<Node> try_get_grad_accumulator(const Tensor& t) {
  return grad_accumulator(t);
}
/// The tensor becomes result `edge.input_nr` of `edge.function`.
void set_gradient_edge(const Tensor& t, Edge edge);
}  // namespace impl

/// The tensor becomes a further result of the function, which may be null: then nothing happens.
void set_history(const Tensor& t, const std::shared_ptr<Node>& grad_fn);
void set_history(const variable_list& tensors, const std::shared_ptr<Node>& grad_fn);
/// Edges of tensors; invalid ones for those that do not require grad.
edge_list collect_next_edges(const variable_list& tensors);
bool any_variable_requires_grad(const variable_list& tensors);

/// Adds what comes to it to the gradient of a leaf.
struct AccumulateGrad : Node {
  explicit AccumulateGrad(Variable leaf);
  AccumulateGrad(Variable leaf, Meta* meta);
  ~AccumulateGrad() override;
  uint32_t num_inputs() const noexcept override { return 1; }
  std::string name() const override { return "torch::autograd::AccumulateGrad"; }
  Variable variable;

 protected:
  variable_list apply(variable_list&& grads) override;
  NodeHooks& hooks() const override;

 private:
  Meta* meta_;  // counted
};
}  // namespace autograd
}  // namespace torch
