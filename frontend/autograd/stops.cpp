// What a backward does where it is asked: hooks, gradients that are retained, functions.
#include <algorithm>

#include "frontend/autograd/accumulate.h"
#include "frontend/autograd/anomaly.h"
#include "frontend/autograd/anomaly_mode.h"
#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/names.h"
#include "frontend/autograd/task.h"
#include "frontend/record/scope.h"

namespace torch {
namespace autograd {
namespace {

template <class Hooks> variable_list through(const Hooks& hooks, variable_list grads) {
  for (const auto& hook : hooks) grads = (*hook)(grads);
  return grads;
}

void check_nan(const Node& function, const record::Node* op, const variable_list& outputs,
               const How& how) {
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (!outputs[i].defined() || !outputs[i].is_floating_point()) continue;
    NoGradGuard no_grad;
    if (!outputs[i].isnan(how.where).any(how.where).item<bool>(how.where)) continue;
    if (op) warn_of_origin(*op, how.where);
    refuse(how.where, how.what, "Function '", function.name(), "' returned nan values in its ", i,
             "th output.");
  }
}
}  // namespace

void Task::stop(record::Node* at) {
  if (ahead_keys_.count(key(at))) push();
  if (at->leaf) return finish_leaf(at->leaf);
  way_[at] = Way::passed;
  pass(at, gradient(at));
}

void Task::finish_leaf(Meta* leaf) {
  if (!finished_.insert(leaf).second) return;
  record::HeldValue& arrived = arrived_[leaf];
  arrived = record::HeldValue(after_hooks(leaf->place, arrived.get(), how_));
  if (!options_.accumulate) return;
  const record::Value gradient = arrived.get();
  arrived = record::HeldValue();
  accumulate(*leaf, gradient, how_);
}

// The gradient of a node that is no leaf is complete.
void Task::pass(record::Node* at, record::Value gradient) {
  const Anchor* anchor;
  const void* called;
  {
    record::GraphLock lock;
    anchor = at->anchor;
    called = callee(*at);
  }
  if (anchor) gradient = after_hooks(anchor->place, gradient, how_);
  if (anchor && anchor->retains()) retain(*anchor->keeper, gradient, how_);
  if (reached(at)) arrived_[at] = record::HeldValue(gradient);
  else arrived_.erase(at);
  if (!walk_.asks) return;
  if (!called) {
    if (gradient) seed(at, gradient);
    return;
  }
  Call& call = calls_[called];
  const bool own = at->kind == record::Kind::data;
  call.function = own ? anchor->function : RecordedNode::of(record::Value(at));
  call.grads.resize(call.function->num_inputs());
  if (gradient) add(call.grads.at(own ? anchor->index : at->index), gradient);
  if (--call.missing == 0) this->call(call);
}

void Task::call(Call& call) {
  Node& function = *call.function;
  const std::vector<record::Node*> sources = Inside::sources(function);
  std::vector<bool> wanted;
  for (record::Node* s : sources) wanted.push_back(s && way_.count(s));
  variable_list inputs, outputs;
  for (const record::HeldValue& g : call.grads)
    inputs.push_back(g ? record::make_tensor(g.get()) : Tensor());
  call.grads.clear();
  const NodeHooks& hooks = Inside::hooks(function);
  inputs = through(hooks.pre, through(hooks.tensor_pre, std::move(inputs)));
  {
    Calling calling(&function, wanted);
    outputs = function(variable_list(inputs));
  }
  const std::string by = "Function " + function.name() + " returned an ";
  if (outputs.size() != sources.size())
    refuse(how_.where, how_.what, by, "invalid number of gradients - expected ", sources.size(),
           ", but got ", outputs.size());
  for (size_t i = 0; i < outputs.size(); ++i)
    if (sources[i] && outputs[i].defined())
      outputs[i] = record::make_tensor(fitting(outputs[i], sources[i]->type(), sources[i]->lives(), i, by, how_));
  for (const auto& hook : hooks.post) outputs = (*hook)(outputs, inputs);
  if (!options_.keep_graph) function.release_variables();
  if (AnomalyMode::is_enabled() && AnomalyMode::should_check_nan())
    check_nan(function, Inside::op(function), outputs, how_);
  for (size_t i = 0; i < outputs.size() && i < sources.size(); ++i)
    if (wanted[i] && outputs[i].defined()) arrive(sources[i], value_of(outputs[i], how_));
}
}  // namespace autograd
}  // namespace torch
