#include "frontend/autograd/accumulate.h"

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/node.h"
#include "frontend/autograd/recorded_node.h"
#include "frontend/record/graph_lock.h"

namespace torch {
namespace autograd {
namespace {

void check_result(size_t hook, const Tensor& was, const Tensor& is, const How& how) {
  if (!was.defined())
    refuse(how.where, how.what, "can't replace a empty gradient with a non-empty value");
  if (was.scalar_type() != is.scalar_type())
    refuse(how.where, how.what, "hook '", hook, "' has changed the type of value (was ",
           was.toString(), " got ", is.toString(), ")");
  if (was.sizes() != is.sizes())
    refuse(how.where, how.what, "hook '", hook, "' has changed the size of value: got ",
           is.sizes(), "; expected ", was.sizes());
}

// A gradient that nobody keeps a history of is added in place.
void add(Meta& meta, const record::Value& gradient, bool in_place, const How& how) {
  const Tensor more = record::make_tensor(gradient);
  if (!meta.grad.defined()) meta.grad = more;
  else if (in_place && !GradMode::is_enabled()) meta.grad.add_(more, 1, how.where);
  else meta.grad = meta.grad.add(more, 1, how.where);
}
Tensor sum_to(const Tensor& t, const op::Dims& sizes, const How& how) {
  const size_t lead = static_cast<size_t>(t.dim()) - sizes.size();
  std::vector<int64_t> over;
  for (size_t d = 0; d < static_cast<size_t>(t.dim()); ++d)
    if (d < lead || (sizes[d - lead] == 1 && t.size(static_cast<int64_t>(d)) != 1))
      over.push_back(static_cast<int64_t>(d));
  return t.sum(over, true, nullopt, how.where).reshape(ref(sizes), how.where);
}
}  // namespace

record::Value fitting(const Tensor& gradient, const op::Type& type, record::Home home, size_t i,
                      const std::string& by, const How& how) {
  const op::Dims sizes(span(gradient.sizes()));
  if (record::impl(gradient)->storage->home != home) {
    // As torch: numbers go where the gradient belongs.
    if (gradient.dim() != 0)
      refuse(how.where, how.what, by, "invalid gradient at index ", i, " - expected device ",
             device_at(home), " but got ", gradient.device());
    return fitting(record::make_tensor(across(value_of(gradient, how), home, how)), type, home, i,
                   by, how);
  }
  if (sizes == type.dims) return cast(value_of(gradient, how), type.dtype, how);
  op::Dims all;
  if (!op::broadcast(type.dims, sizes, all) || all != sizes)
    refuse(how.where, how.what, by, "invalid gradient at index ", i, " - got ", gradient.sizes(),
           " but expected shape compatible with ", ref(type.dims));
  return cast(value_of(sum_to(gradient, type.dims, how), how), type.dtype, how);
}

record::Value after_hooks(const Place& place, record::Value gradient, const How& how) {
  if (!place.has_tensor_hooks()) return gradient;
  // A hook may register others.
  const std::vector<std::function<Tensor(const Tensor&)>> hooks = place.tensor_hooks;
  Tensor seen = gradient ? record::make_tensor(gradient) : Tensor();
  for (size_t i = 0; i < hooks.size(); ++i) {
    if (!hooks[i]) continue;
    const Tensor result = hooks[i](seen);
    if (!result.defined()) continue;
    check_result(i, seen, result, how);
    seen = result;
  }
  return seen.defined() ? value_of(seen, how) : gradient;
}

void accumulate(Meta& leaf, const record::Value& gradient, const How& how) {
  const NodeHooks& hooks = leaf.place.node_hooks;
  if (hooks.empty()) {
    if (gradient) add(leaf, gradient, true, how);
    return;
  }
  const std::shared_ptr<Node> node = accumulator_of(&leaf);
  variable_list grads{gradient ? record::make_tensor(gradient) : Tensor()};
  for (const auto* list : {&hooks.tensor_pre, &hooks.pre})
    for (const auto& hook : *list) grads = (*hook)(grads);
  (*node)(variable_list(grads));
  for (const auto& hook : hooks.post) (*hook)({}, grads);
  if (hooks.post_accumulate && grads.at(0).defined())
    (*hooks.post_accumulate)(static_cast<AccumulateGrad&>(*node).variable);
}

void retain(Meta& keeper, const record::Value& gradient, const How& how) {
  if (gradient) add(keeper, gradient, false, how);
}

std::shared_ptr<Node> accumulator_of(Meta* leaf) {
  const auto made = std::make_shared<AccumulateGrad>(leaf->owner(), leaf);
  record::GraphLock lock;
  std::shared_ptr<Node> node = leaf->place.node.lock();
  if (!node) leaf->place.node = node = made;
  return node;
}

AccumulateGrad::AccumulateGrad(Variable leaf) : AccumulateGrad(leaf, meta_of(leaf)) {}
AccumulateGrad::AccumulateGrad(Variable leaf, Meta* meta)
    : Node(UINT64_MAX), variable(std::move(leaf)), meta_(meta) {
  retain(meta_);
}
AccumulateGrad::~AccumulateGrad() { release(meta_); }
NodeHooks& AccumulateGrad::hooks() const { return meta_->place.node_hooks; }
variable_list AccumulateGrad::apply(variable_list&& grads) {
  const How how(Location::none(), nullptr, "AccumulateGrad");
  if (grads.size() != 1)
    refuse(how.where, how.what, "got ", grads.size(), " gradients; expected 1");
  if (grads[0].defined()) add(*meta_, value_of(grads[0], how), true, how);
  return {};
}

namespace impl {
std::shared_ptr<Node> grad_accumulator(const Tensor& t) {
  if (!t.defined() || !t.is_leaf() || !t.requires_grad()) return nullptr;
  return accumulator_of(meta_of(t));
}
Edge gradient_edge(const Tensor& t) {
  if (const record::Value v = record::history(t)) return edge_to(v);
  return {grad_accumulator(t), 0};
}
}  // namespace impl
}  // namespace autograd
}  // namespace torch
