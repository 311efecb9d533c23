// Reading a tensor and writing to it: staleness, lineages, leaf reads. Exposed memory is
// exposed.cpp's.
#include <mutex>

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"
#include "frontend/record/attach.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/exposed.h"
#include "frontend/record/meet.h"
#include "frontend/record/step.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace record {
namespace {

using Lock = std::unique_lock<Spinlock>;

// Whether it can be computed is known after this.
void try_value(const Value& value, Location where) {
  try {
    evaluate(value, {"a write before one that failed", where});
  } catch (const c10::IndexError&) {  // the value says so
  } catch (const c10::OutOfMemoryError&) {
  }
}

// A write whose value could not be computed did not happen. Lock held; given up while something is
// evaluated.
void undo_failed_write(Storage& s, Lineage& family, Lock& lock, Location where) {
  if (!s.overwritten) return;
  while (s.value && s.value->state.load(std::memory_order_acquire) == State::failed) {
    if (!s.overwritten) return;
    Value before(s.overwritten->before);
    s.overwritten = s.overwritten->earlier;
    ++s.epoch;
    if (family.history.get() == s.value.get().get()) {
      family.drop_history();
      if (before->carries) family.set_history(before, s.epoch);
    }
    s.value = HeldValue(before);
    if (before->state.load(std::memory_order_acquire) != State::pending) continue;
    lock.unlock();
    try_value(before, where);
    lock.lock();
  }
}

// The memory's value without history. Lock held; given up while something is recorded.
Value without_history(Storage& s, Lock& lock, Location where) {
  Value value = s.value.get();
  if (!value->carries) return value;
  lock.unlock();
  return record(Op::detach, {value}, {}, where);
}

// The root's Value with the family's history. Lock held; given up if something had to be recorded.
Value with_history(Storage& s, Lineage& family, Lock& lock, Location where) {
  if (family.epoch == s.epoch) return family.history;
  const uint64_t epoch = s.epoch;
  Value structure = family.history;
  const ViewChain root = family.root_chain;
  Value known = without_history(s, lock, where);
  if (lock.owns_lock()) lock.unlock();
  if (root) {
    NoGradGuard no_grad;
    known = replay(root, known);
  }
  AutoGradMode grad(true);
  Value value = record(Op::cached, {structure, known}, {}, where);
  lock.lock();
  if (s.epoch == epoch && family.history.get() == structure.get()) {
    family.set_history(value, epoch);
    // The same memory: one node for both, so that it is computed once.
    if (!s.exposure && !root) s.value = HeldValue(value);
  }
  lock.unlock();
  return value;
}

// The whole base's Value, with the family's history if there is one. Lock held; given up.
Value base_with_history(Storage& s, Lineage& family, Lock& lock, Location where) {
  if (!family.history) return without_history(s, lock, where);
  const ViewChain root = family.root_chain;
  Value value = with_history(s, family, lock, where);
  if (!root) return value;
  if (!lock.owns_lock()) lock.lock();
  Value rest = without_history(s, lock, where);
  if (lock.owns_lock()) lock.unlock();
  return insert_back(root, rest, value);
}

// The leaf of the family as data that gradients arrive at. Lock held.
Value leaf_value(const TensorImpl& t, Lineage& family, Lock& lock, Location where) {
  Storage& s = *t.storage;
  for (;;) {
    // A leaf that is a base is the storage's value itself, so that an update can take over its
    // memory.
    const bool whole = !family.root_chain;
    if (whole && s.value->leaf == family.leaf) return s.value.get();
    if (!whole && family.leaf_read && family.leaf_epoch == s.epoch) return family.leaf_read;
    const uint64_t epoch = s.epoch;
    const ViewChain chain = family.root_chain;
    Value plain = s.value.get();
    lock.unlock();
    if (chain) {
      NoGradGuard no_grad;
      plain = replay(chain, plain);
    }
    evaluate(plain, {"a leaf was read while its value was pending", where});
    Value leaf = leaf_data(plain, family.leaf);
    lock.lock();
    if (s.epoch != epoch || !family.leaf) continue;
    if (whole) {
      s.value = HeldValue(leaf);
    } else {
      family.leaf_read = leaf;
      family.leaf_epoch = epoch;
    }
    return leaf;
  }
}

// A tensor that retains its gradient goes on to retain that of what was written to it.
void keep_retained(const TensorImpl& t) {
  for (const TensorImpl* written : {&t, static_cast<const TensorImpl*>(t.base)})
    if (written && written->meta && written->meta->retains_grad)
      retain_gradient(Tensor(const_cast<TensorImpl*>(written)));
}

Value read_through(const TensorImpl& t, Location where) {
  Storage& s = *t.storage;
  Lineage& family = t.family();
  const bool grad = GradMode::is_enabled();
  Lock lock(s.lock);
  undo_failed_write(s, family, lock, where);
  if (s.exposure && s.exposure->writable && !s.landing) {
    lock.unlock();
    return read_exposed(t, where);
  }
  const bool leaf = family.leaf && family.leaf->requires_grad;
  const bool outside = t.base && outside_of_base(t);
  const bool graded = leaf || family.history || outside;
  if (!t.chain && !graded && !s.value->carries) return s.value.get();
  if (t.read && t.read_epoch == s.epoch && (t.read->carries || !graded || !grad)) return t.read;
  const uint64_t epoch = s.epoch;
  Value value, base;
  ViewChain root;
  if (leaf && (grad || s.value->leaf == family.leaf)) {
    root = family.root_chain;
    value = leaf_value(t, family, lock, where);
  } else if (family.history) {
    root = family.root_chain;
    value = with_history(s, family, lock, where);
  } else {
    value = without_history(s, lock, where);
  }
  if (!grew_from(t.chain, root)) {
    if (!lock.owns_lock()) lock.lock();
    base = without_history(s, lock, where);
  }
  if (!t.chain && !root) return value;
  if (lock.owns_lock()) lock.unlock();
  value = replay_from_root(root, value, t.chain, base);
  if (outside && grad) value = record(Op::cached, {end_of_gradients(value.type(), s.home), value}, {}, where);
  lock.lock();
  // Without grad a view of something with history is recorded without it: right now, wrong for a
  // later read.
  if (s.epoch == epoch && (grad || !graded)) {
    t.read = value;
    t.read_epoch = epoch;
  }
  return value;
}

// A write over a value with history keeps the history, through which no gradient comes.
Value keep_history(const Value& before, const Value& value, const How& how) {
  if (!before || !before->carries) return value;
  Value never =
      record(Op::constant, {}, op::attrs::constant::pack(op::Literal{DType::Bool, 0}, {}), how);
  return record(Op::select, {never, before, value}, {}, how);
}
}  // namespace

Value read(const Tensor& t, const char* what, Location where) {
  if (!t.defined())
    throw c10::Error(std::string(what) +
                         ": Expected a proper Tensor but got None (or an undefined Tensor in C++)",
                     located(where));
  return read_through(*impl(t), where);
}

void write(const Tensor& t, const Value& value, const How& how) {
  const TensorImpl& self = *impl(t);
  Storage& s = *self.storage;
  Lineage& family = self.family();
  settle_in(value, s.home);
  if (value->lives() != s.home)
    refuse_homes(s.home, value->lives(), how.what ? how.what : "write", how.where);
  if (write_exposed(t, value, how)) return;
  const bool grad = GradMode::is_enabled();
  if (grad && value->carries) check_view(t, how.what, how.where);
  Value base = value;
  const bool graded = grad && family.history;
  if (self.chain || (graded && (how.overwrites || !value->carries))) {
    Lock lock(s.lock);
    undo_failed_write(s, family, lock, how.where);
    Value before = grad ? base_with_history(s, family, lock, how.where)
                        : without_history(s, lock, how.where);
    if (lock.owns_lock()) lock.unlock();
    if (self.chain) {
      const bool direct = doubles(self.chain);
      base = insert_back(
          direct ? strided(s.base, self.sizes, self.strides, self.offset, how) : self.chain, before,
          value);
    }
    if (graded && (!self.chain || !base->carries)) base = keep_history(before, base, how);
  }
  self.version_counter()->version.fetch_add(1, std::memory_order_relaxed);
  if (grad && value->carries && !is_held(value.get())) save_result_version(*value.get(), self);
  Lock lock(s.lock);
  undo_failed_write(s, family, lock, how.where);
  // Should the new value fail, the old one stands.
  const Value replaced = s.value.get();
  if (replaced && replaced.get() != base.get())
    s.overwritten =
        base->kind == Kind::data ? nullptr : note_overwritten(base.get(), replaced, s.overwritten);
  if (base->kind != Kind::data) base->written = true;
  ++s.epoch;
  s.value = HeldValue(base);
  family.leaf_read = {};
  if (grad && base->carries) {
    family.set_history(base, s.epoch);
    family.root_chain = {};
  } else {
    family.make_stale();
  }
  lock.unlock();
  if (grad && base->carries) keep_retained(self);
  land(self, how.where);
}
}  // namespace record
}  // namespace torch
