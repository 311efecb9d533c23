/// A storage is the memory that a tensor and its views share: the current Value of the base,
/// row-major in the base's shape. A lineage is a family of tensors over it that autograd sees as
/// one: a base and its differentiable views, or what was detached from it.
#pragma once
#include "frontend/record/counted.h"
#include "frontend/record/node.h"
#include "frontend/record/saved.h"
#include "frontend/record/spinlock.h"
#include "frontend/record/view_step.h"

namespace torch {
namespace record {

/// Guarded by the storage's lock.
struct Lineage : Pooled {
  std::atomic<uint32_t> references{1};
  /// The root's Value with its history; its own value is the storage's while `epoch` is. Null: no
  /// history.
  Value history;
  uint64_t epoch = 0;
  // `history` is structure alone: its reference is a structure reference
  bool stale = false;
  void set_history(Value value, uint64_t at) {
    drop_history();
    history = std::move(value);
    epoch = at;
  }
  void make_stale() {
    if (!history || stale) return;
    weaken(history.get());
    stale = true;
  }
  void drop_history() {
    if (stale) release_structure(history.take());
    history = {};
    stale = false;
  }
  /// Which part of the base the family grows from: what `history` is the value of, or the leaf.
  /// Sealed; null: the whole.
  ViewChain root_chain;
  /// The root of the family, when it is a leaf that requires grad.
  autograd::Meta* leaf = nullptr;  // counted
  Value leaf_read;                 // the data through which it is read at `leaf_epoch`
  uint64_t leaf_epoch = 0;
  bool no_grad_view = false;       // made from a tensor with history while grad was off
  ~Lineage();
};
inline void retain(Lineage* l) { l->references.fetch_add(1, std::memory_order_relaxed); }
inline void release(Lineage* l) {
  if (l->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete l;
}

/// An address of a storage that was given out (exposed.h).
struct Exposure {
  runtime::BufferRef memory;
  bool writable = false;
  Location where = Location::none();
};

struct Storage : Pooled {
  std::atomic<uint32_t> references{1};
  Spinlock lock;
  Type base;              // row-major, as memory has it
  HeldValue value;        // null while `exposure` is writable: then memory is the truth
  // what `value` replaced, if that was pending: `value` owns it while it may fail
  const Overwritten* overwritten = nullptr;
  uint64_t epoch = 1;     // counts writes: what was read at another epoch is stale
  Lineage lineage;        // of the base and its views
  Exposure* exposure = nullptr;
  Home home = kHost;
  bool pinned = false;    // the program asked for pinned memory of the host
  bool landing = false;   // `value` is newer than the exposed memory; a Step lands it at its end
  ~Storage() { delete exposure; }
};
inline void retain(Storage* s) { s->references.fetch_add(1, std::memory_order_relaxed); }
inline void release(Storage* s) {
  if (s->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete s;
}
}  // namespace record
}  // namespace torch
