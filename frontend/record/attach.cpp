#include "frontend/record/attach.h"

#include <mutex>

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"

namespace torch {
namespace record {
namespace {
Value anchored_data(const Type& type, Home home) {
  Value v = new_node(Kind::data, data_signature(type), 0);
  v->state.store(State::structure, std::memory_order_relaxed);
  v->carries = true;
  settle_in(v, home);
  v->anchor = new autograd::Anchor;
  return v;
}
}  // namespace

autograd::Anchor& anchor_of(Node* node, GraphLock&) {
  if (!node->anchor) node->anchor = new autograd::Anchor;
  return *node->anchor;
}

Value result_of(std::shared_ptr<autograd::Node> function, uint32_t index, const Type& type,
                Home home) {
  Value v = anchored_data(type, home);
  v->anchor->function = std::move(function);
  v->anchor->index = index;
  return v;
}

Value end_of_gradients(const Type& type, Home home) { return anchored_data(type, home); }

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

namespace {
Node* below(Node* node, bool (*passes)(const Node&)) {
  return node && node->kind == Kind::op && passes(*node) ? node->operand(0) : nullptr;
}
bool is_layout(const Node& node) { return node.label == kLayout; }
bool is_cached(const Node& node) { return node.op() == op::Op::cached; }

bool undoes(const Node& second, const Node& first) {
  const Span<int64_t> a = op::attrs::permute(first.signature->attrs).permutation,
                      b = op::attrs::permute(second.signature->attrs).permutation;
  for (size_t i = 0; i < b.size(); ++i)
    if (a[b[i]] != static_cast<int64_t>(i)) return false;
  return true;
}
}  // namespace

Node* made_by(Node* node) {
  for (;;) {
    if (Node* known = below(node, is_cached)) {
      node = known;
      continue;
    }
    Node* first = below(node, is_layout);
    while (Node* known = below(first, is_cached)) first = known;
    Node* made = below(first, is_layout);
    if (!made || !undoes(*node, *first)) return node;
    node = made;
  }
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
