#include "frontend/autograd/variable.h"

#include "frontend/autograd/recorded_node.h"
#include "frontend/record/attach.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace autograd {

Variable make_variable(const Tensor& data, bool requires_grad, bool, Location where) {
  if (!data.defined()) return Variable();
  const Variable v = record::make_detached(data, false);
  if (requires_grad) v.requires_grad_(true, where);
  return v;
}
Variable make_variable(const Tensor& data, Edge gradient_edge, bool, Location where) {
  const Variable v = make_variable(data, false, true, where);
  if (v.defined()) impl::set_gradient_edge(v, std::move(gradient_edge));
  return v;
}

namespace impl {
void set_gradient_edge(const Tensor& t, Edge edge) {
  require(t, How(Location::none(), nullptr, "set_gradient_edge"));
  if (!edge.is_valid()) return;
  record::attach(
      t, record::result_of(std::move(edge.function), edge.input_nr, record::impl(t)->type(),
                           record::impl(t)->storage->home),
      Location::none());
}
}  // namespace impl

void set_history(const Tensor& t, const std::shared_ptr<Node>& grad_fn) {
  if (!grad_fn || !t.defined()) return;
  impl::set_gradient_edge(t, {grad_fn, grad_fn->add_input_metadata(t)});
}
void set_history(const variable_list& tensors, const std::shared_ptr<Node>& grad_fn) {
  for (const Tensor& t : tensors) set_history(t, grad_fn);
}
edge_list collect_next_edges(const variable_list& tensors) {
  edge_list edges;
  for (const Tensor& t : tensors)
    edges.push_back(t.defined() && t.requires_grad() ? impl::gradient_edge(t) : Edge());
  return edges;
}
bool any_variable_requires_grad(const variable_list& tensors) {
  for (const Tensor& t : tensors)
    if (t.defined() && t.requires_grad()) return true;
  return false;
}
}  // namespace autograd
}  // namespace torch
