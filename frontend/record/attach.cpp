#include "frontend/record/attach.h"

#include <mutex>

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"

namespace torch {
namespace record {
namespace {
Value anchored_data(const Type& type) {
  Value v = new_node(Kind::data, data_signature(type), 0);
  v->state.store(State::structure, std::memory_order_relaxed);
  v->carries = true;
  v->anchor = new autograd::Anchor;
  return v;
}
}  // namespace

autograd::Anchor& anchor_of(Node* node, GraphLock&) {
  if (!node->anchor) node->anchor = new autograd::Anchor;
  return *node->anchor;
}

Value result_of(std::shared_ptr<autograd::Node> function, uint32_t index, const Type& type) {
  Value v = anchored_data(type);
  v->anchor->function = std::move(function);
  v->anchor->index = index;
  return v;
}

Value end_of_gradients(const Type& type) { return anchored_data(type); }

void attach(const Tensor& t, const Value& structure, Location where) {
  Value known;
  {
    NoGradGuard no_grad;
    known = read(t, "apply", where);
  }
  AutoGradMode grad(true);
  const Value value = record(Op::cached, {structure, known}, {}, where);
  TensorImpl& self = *impl(t);
  Storage& s = *self.storage;
  std::lock_guard<Spinlock> lock(s.lock);
  self.read = {};
  if (!self.chain && !self.lineage && !self.is_view) {
    s.lineage.set_history(value, s.epoch);
    // The same memory: one node for both, so that it is computed once.
    if (!s.exposure) s.value = HeldValue(value);
    return;
  }
  self.lineage = Ref<Lineage>::adopt(new Lineage);
  self.lineage->root_chain = self.chain = sealed(self.chain);
  self.lineage->set_history(value, s.epoch);
}

Value bare(const Value& v, Location where) {
  if (!v->carries) return v;
  {
    GraphLock lock;
    if (v->state.load(std::memory_order_acquire) == State::known && v->buffer)
      return data(v.type(), v->buffer);
    if (v->kind == Kind::op && v->op() == op::Op::cached && v->operand(1))
      return Value(v->operand(1));
  }
  return record(Op::detach, {v}, {}, where);
}

void retain_gradient(const Tensor& t) {
  const Value v = history(t);
  autograd::Meta* meta = autograd::meta_of(t);
  GraphLock lock;
  autograd::Anchor& anchor = anchor_of(v.get(), lock);
  if (anchor.keeper == meta && anchor.retains()) return;
  if (anchor.keeper) autograd::release(anchor.keeper);
  autograd::retain(meta);
  anchor.keeper = meta;
  anchor.retained = ++meta->retained;
  meta->retains_grad = true;
}
}  // namespace record

namespace autograd {
void release(Anchor* anchor) {
  if (anchor->keeper) release(anchor->keeper);
  delete anchor;
}
}  // namespace autograd
}  // namespace torch
