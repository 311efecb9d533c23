// backward() and grad(): from tensors to the values that a backward goes from and to.
#include <atomic>

#include "frontend/autograd/accumulate.h"
#include "frontend/autograd/autograd.h"
#include "frontend/autograd/room.h"
#include "frontend/autograd/task.h"

namespace torch {
namespace autograd {
namespace {
using record::GraphLock;

struct Outputs {
  std::vector<Value> ys, dys;
};

// The tensors with their cotangents: given, or ones for what has one element.
Outputs outputs_of(const variable_list& tensors, const variable_list& cotangents, const How& how) {
  Outputs o;
  if (!cotangents.empty() && cotangents.size() != tensors.size())
    refuse(how.where, how.what, "got ", tensors.size(), " tensors and ", cotangents.size(),
           " gradients");
  for (size_t i = 0; i < tensors.size(); ++i) {
    const Tensor& t = tensors[i];
    require(t, how);
    if (!t.requires_grad())
      refuse(how.where, how.what, "element ", i,
             " of tensors does not require grad and does not have a grad_fn");
    {
      AutoGradMode grad(true);
      o.ys.push_back(value_of(t, how));
    }
    const Tensor dy = i < cotangents.size() ? cotangents[i] : Tensor();
    if (dy.defined()) {
      o.dys.push_back(fitting(dy, record::impl(t)->type(), record::impl(t)->storage->home, i, "", how));
    } else {
      if (t.numel() != 1)
        refuse(how.where, how.what, "grad can be implicitly created only for scalar outputs");
      const op::Literal one = op::Literal::of(t.scalar_type(), 1);
      o.dys.push_back(record::record(Op::constant, {},
                                     op::attrs::constant::pack(one, record::impl(t)->sizes), how));
    }
  }
  return o;
}

// Every read of a leaf under the outputs.
std::vector<Value> reads_under(const Outputs& o) {
  Nodes outputs;
  for (const Value& y : o.ys) outputs.push_back(y.get());
  GraphLock lock;
  std::vector<Value> reads;
  for (record::Node* n : walk(outputs, {}, lock).ends)
    if (n->leaf) reads.emplace_back(n);
  return reads;
}

// Which nodes stand for which input: the reads of a leaf, or what made it.
using Targets = std::vector<std::vector<Value>>;
Targets targets_of(const Outputs& o, const variable_list& inputs, const How& how) {
  const std::vector<Value> reads = reads_under(o);
  Targets targets(inputs.size());
  for (size_t i = 0; i < inputs.size(); ++i) {
    const Tensor& t = inputs[i];
    require(t, how);
    if (!t.requires_grad())
      refuse(how.where, how.what, "element ", i, " of the input tensors does not require grad");
    if (!t.is_leaf()) {
      targets[i].push_back(record::history(t));
      continue;
    }
    const Meta* meta = meta_of(t);
    for (const Value& r : reads)
      if (r->leaf == meta) targets[i].push_back(r);
  }
  return targets;
}

// The gradient of each input; null where none came.
std::vector<Value> gradients(const Outputs& o, const Targets& targets, const How& how,
                             Task::Options options) {
  Nodes nodes;
  for (const std::vector<Value>& of : targets)
    for (const Value& v : of) nodes.push_back(v.get());
  std::vector<Value> found(targets.size());
  if (nodes.empty()) return found;
  Task task(how, options);
  task.run(o.ys, o.dys, nodes);
  for (size_t i = 0; i < targets.size(); ++i)
    if (!targets[i].empty()) found[i] = task.gradient(targets[i][0].get());
  return found;
}

void warn_of_cycles(const How& how) {
  static std::atomic<bool> warned{false};
  if (warned.exchange(true) && !c10::WarningUtils::get_warnAlways()) return;
  c10::detail::warn(
      c10::UserWarning(),
      "Using backward() with create_graph=True will create a reference cycle between the parameter "
      "and its gradient which can cause a memory leak. We recommend using autograd.grad when "
      "creating the graph to avoid this. If you have to use this function, make sure to reset the "
      ".grad fields of your parameters to None after use to break the cycle and avoid the leak.",
      how.where);
}
}  // namespace

void backward(const variable_list& tensors, const variable_list& grad_tensors,
              optional<bool> retain_graph, bool create_graph, const variable_list& inputs,
              Location where) {
  const How how(where, nullptr, "backward");
  Task::Options options;
  options.create_graph = create_graph;
  options.keep_graph = retain_graph.value_or(create_graph);
  const Outputs o = outputs_of(tensors, grad_tensors, how);
  if (create_graph) warn_of_cycles(how);
  if (o.ys.empty()) return;
  with_room([&] {
    if (inputs.empty()) return Task(how, options).run(o.ys, o.dys, {});
    for (const Tensor& t : inputs)
      if (t.defined() && t.requires_grad()) t.retain_grad(where);
    gradients(o, targets_of(o, inputs, how), how, options);
  });
}

variable_list grad(const variable_list& outputs, const variable_list& inputs,
                   const variable_list& grad_outputs, optional<bool> retain_graph,
                   bool create_graph, bool allow_unused, Location where) {
  const How how(where, nullptr, "grad");
  if (inputs.empty()) refuse(where, "grad", "grad requires non-empty inputs.");
  Task::Options options;
  options.create_graph = create_graph;
  options.keep_graph = retain_graph.value_or(create_graph);
  options.accumulate = false;
  const Outputs o = outputs_of(outputs, grad_outputs, how);
  variable_list result;
  with_room([&] {
    for (const Value& g : gradients(o, targets_of(o, inputs, how), how, options)) {
      if (!g && !allow_unused)
        refuse(where, "grad",
               "One of the differentiated Tensors appears to not have been used in the graph. Set "
               "allow_unused=True if this is the desired behavior.");
      result.push_back(g ? record::make_tensor(g) : Tensor());
    }
  });
  return result;
}
}  // namespace autograd

void Tensor::backward(const Tensor& gradient, optional<bool> retain_graph, bool create_graph,
                      optional<TensorList> inputs, Location where) const {
  autograd::variable_list seeds;
  if (gradient.defined()) seeds.push_back(gradient);
  if (inputs && inputs->empty())
    refuse(where, "backward", "'inputs' argument to backward cannot be empty");
  autograd::backward({*this}, seeds, retain_graph, create_graph,
                     inputs ? inputs->vec() : std::vector<Tensor>(), where);
}
}  // namespace torch
