/// Gradients. `backward` records one op, `weft.grad`; the autodiff pass expands it when something
/// is evaluated.
#pragma once
#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/view_meta.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace autograd {
using Variable = Tensor;
using variable_list = std::vector<Tensor>;

struct Node;
/// One input of an op in the graph of gradients: which op made it, and which of that op's results
/// it is.
struct Edge {
  std::shared_ptr<Node> function;
  uint32_t input_nr = 0;
  bool is_valid() const { return function != nullptr; }
};
/// An op as autograd sees it.
struct Node {
  virtual ~Node() = default;
  /// "AddBackward0".
  virtual std::string name() const = 0;
  /// One a tensor input of the op; invalid where no gradient flows.
  virtual std::vector<Edge> next_edges() const = 0;
  Edge next_edge(size_t i) const { return next_edges().at(i); }
  size_t num_outputs() const { return next_edges().size(); }
};

/// Adds the gradients of `tensors` (weighted by `grad_tensors`; ones for one-element tensors) to
/// the `grad()` of the leaves, or of `inputs`. `retain_graph` (as create_graph unless said) keeps
/// what a second call needs.
void backward(const variable_list& tensors, const variable_list& grad_tensors = {},
              optional<bool> retain_graph = nullopt, bool create_graph = false,
              const variable_list& inputs = {}, Location where = Location::current());
/// The gradients of `outputs` with respect to `inputs`, in their order. An input that the outputs
/// do not depend on is an error, or with `allow_unused` an undefined tensor.
variable_list grad(const variable_list& outputs, const variable_list& inputs,
                   const variable_list& grad_outputs = {}, optional<bool> retain_graph = nullopt,
                   bool create_graph = false, bool allow_unused = false,
                   Location where = Location::current());
}  // namespace autograd
}  // namespace torch
