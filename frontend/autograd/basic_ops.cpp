#include "frontend/autograd/basic_ops.h"

namespace torch {
namespace autograd {
namespace {
// The tensors' values, of which `function` is the history when gradients are wanted.
template <class Make> variable_list wrapped(const variable_list& inputs, Make make) {
  variable_list outputs;
  for (const Tensor& t : inputs) outputs.push_back(t.defined() ? t.clone().detach() : Tensor());
  if (any_variable_requires_grad(inputs))
    set_history(outputs, make(collect_next_edges(inputs)));
  return outputs;
}
}  // namespace

variable_list Error::apply(variable_list&&) { throw c10::Error(message_, Location::none()); }

DelayedError::DelayedError(std::string message, int64_t num_inputs) : message_(std::move(message)) {
  for (int64_t i = 0; i < num_inputs; ++i) add_input_metadata({{}, ScalarType::Float});
}
variable_list DelayedError::apply(variable_list&& inputs) {
  return wrapped(inputs, [&](edge_list&& edges) {
    return std::make_shared<Error>(message_, std::move(edges));
  });
}

UndefinedGrad::UndefinedGrad() { add_input_metadata({{}, ScalarType::Float}); }
variable_list UndefinedGrad::apply(variable_list&& inputs) {
  return wrapped(inputs, [](edge_list&& edges) {
    return std::make_shared<UndefinedGradBackward>(std::move(edges));
  });
}

GraphRoot::GraphRoot(edge_list functions, variable_list inputs)
    : Node(std::move(functions)), outputs(std::move(inputs)) {
  for (const Tensor& t : outputs)
    if (t.defined()) add_input_metadata(t);
}
}  // namespace autograd
}  // namespace torch
