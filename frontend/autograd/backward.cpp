// backward() and grad(): one weft.grad op, whose results go to the leaves.
#include <algorithm>

#include "frontend/autograd/autograd.h"
#include "frontend/autograd/meta.h"
#include "frontend/autograd/walk.h"
#include "frontend/record/graph_lock.h"
#include "frontend/autograd/grad_mode.h"
#include "frontend/tensor/compute_inside.h"

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
      if (dy.sizes() != t.sizes())
        refuse(how.where, how.what, "Mismatch in shape: grad_output[", i, "] has a shape of ",
               dy.sizes(), " and output[", i, "] has a shape of ", t.sizes(), ".");
      o.dys.push_back(cast(value_of(dy, how), t.scalar_type(), how));
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

Nodes nodes_of(const std::vector<Value>& values) {
  Nodes nodes;
  for (const Value& v : values) nodes.push_back(v.get());
  return nodes;
}

// Gradients of the outputs with respect to `wrt`.
std::vector<Value> gradients(const Outputs& o, const std::vector<Value>& wrt, const How& how) {
  op::InlineVector<Operand, 16> operands;
  for (const std::vector<Value>* list : {&o.ys, &o.dys, &wrt})
    for (const Value& v : *list) operands.push_back(v);
  return record::record_all(Op::grad, operands,
                            op::attrs::grad::pack(static_cast<int64_t>(o.ys.size())), how);
}

Value sum_of(const std::vector<Value>& parts, const How& how) {
  Value sum = parts[0];
  for (size_t i = 1; i < parts.size(); ++i) sum = record::record(Op::add, {sum, parts[i]}, {}, how);
  return sum;
}

// Looks at the graph: what the gradient arrives at; refuses what cannot be gone through.
std::vector<Value> visit(const Outputs& o, const Nodes& targets, Location where) {
  GraphLock lock;
  const Walk w = walk(nodes_of(o.ys), targets, lock);
  check_saved(w, where);
  std::vector<Value> arrives;
  for (record::Node* n : targets.empty() ? w.leaves : w.nodes)
    if (targets.empty() || std::find(targets.begin(), targets.end(), n) != targets.end())
      arrives.emplace_back(n);
  return arrives;
}

// Marks as gone through. Only once the gradient is recorded, which from then on holds what it
// needs: an evaluation before that (the bound of the trace, another thread) would let go of it.
void leave(const Outputs& o, const Nodes& targets) {
  GraphLock lock;
  consume(walk(nodes_of(o.ys), targets, lock));
}

void accumulate(Meta& meta, const Value& gradient, bool create_graph, Location where) {
  if (!meta.grad.defined()) {
    meta.grad = record::make_tensor(gradient);
    return;
  }
  const Tensor more = record::make_tensor(gradient);
  if (create_graph) {
    AutoGradMode grad(true);
    meta.grad = meta.grad.add(more, 1, where);
  } else {
    NoGradGuard no_grad;
    meta.grad.add_(more, 1, where);
  }
}

// Every read of a leaf under the outputs.
std::vector<Value> reads_under(const Outputs& o) {
  GraphLock lock;
  std::vector<Value> reads;
  for (record::Node* n : walk(nodes_of(o.ys), {}, lock).leaves)
    if (n->kind == record::Kind::data) reads.emplace_back(n);
  return reads;
}
}  // namespace

void backward(const variable_list& tensors, const variable_list& grad_tensors,
              optional<bool> retain_graph, bool create_graph, const variable_list& inputs,
              Location where) {
  const How how(where, nullptr, "backward");
  const bool retain = retain_graph.value_or(create_graph);
  const Outputs o = outputs_of(tensors, grad_tensors, how);
  if (o.ys.empty()) return;
  if (!inputs.empty()) {
    // As grad(), but what arrives is added to the inputs' own.
    const variable_list given =
        grad(tensors, inputs, grad_tensors, retain, create_graph, true, where);
    for (size_t i = 0; i < inputs.size(); ++i)
      if (given[i].defined())
        accumulate(*meta_of(inputs[i]), value_of(given[i], how), create_graph, where);
    return;
  }
  const std::vector<Value> leaves = visit(o, {}, where);
  if (leaves.empty()) return;
  AutoGradMode mode(create_graph);
  const std::vector<Value> all = gradients(o, leaves, how);
  if (!retain) leave(o, {});
  // A leaf that was read more than once gets the sum.
  std::vector<bool> done(leaves.size());
  for (size_t i = 0; i < leaves.size(); ++i) {
    if (done[i]) continue;
    Value sum = all[i];
    for (size_t j = i + 1; j < leaves.size(); ++j) {
      if (leaves[j]->leaf != leaves[i]->leaf) continue;
      sum = record::record(Op::add, {sum, all[j]}, {}, how);
      done[j] = true;
    }
    accumulate(*leaves[i]->leaf, sum, create_graph, where);
  }
}

variable_list grad(const variable_list& outputs, const variable_list& inputs,
                   const variable_list& grad_outputs, optional<bool> retain_graph,
                   bool create_graph, bool allow_unused, Location where) {
  const How how(where, nullptr, "grad");
  const bool retain = retain_graph.value_or(create_graph);
  if (inputs.empty()) refuse(where, "grad", "grad requires non-empty inputs.");
  const Outputs o = outputs_of(outputs, grad_outputs, how);
  const std::vector<Value> reads = reads_under(o);
  // Which nodes stand for which input.
  std::vector<std::vector<Value>> of(inputs.size());
  Nodes targets;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const Tensor& t = inputs[i];
    require(t, how);
    if (!t.requires_grad())
      refuse(where, "grad", "One of the differentiated Tensors does not require grad");
    if (t.is_leaf()) {
      const Meta* meta = meta_of(t);
      for (const Value& r : reads)
        if (r->leaf == meta) of[i].push_back(r);
    } else {
      of[i].push_back(record::history(t));
    }
    for (const Value& v : of[i]) targets.push_back(v.get());
  }
  std::vector<Value> reached;
  if (!targets.empty()) reached = visit(o, targets, where);
  std::vector<Value> all;
  AutoGradMode mode(create_graph);
  if (!reached.empty()) all = gradients(o, reached, how);
  if (!retain && !targets.empty()) leave(o, targets);
  variable_list result;
  for (const std::vector<Value>& nodes : of) {
    std::vector<Value> parts;
    for (size_t i = 0; i < reached.size(); ++i)
      for (const Value& n : nodes)
        if (n.get() == reached[i].get()) parts.push_back(all[i]);
    if (parts.empty() && !allow_unused)
      refuse(where, "grad",
             "One of the differentiated Tensors appears to not have been used in the graph. Set "
             "allow_unused=True if this is the "
             "desired behavior.");
    result.push_back(parts.empty() ? Tensor() : record::make_tensor(sum_of(parts, how)));
  }
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
