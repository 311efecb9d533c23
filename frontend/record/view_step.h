/// A view is a chain of steps on the base of its storage. Reading replays the chain; writing walks
/// it backwards with each step's insert. Steps are immutable and shared by the views that grow from
/// one another.
#pragma once
#include "frontend/record/counted.h"
#include "frontend/record/record.h"

namespace torch {
namespace record {

struct ViewStep : Pooled {
  ViewStep(const Ref<ViewStep>& parent, Op op, Attrs attrs, const Type& from, Dims to,
           Location where, const char* label)
      : parent(parent),
        depth(parent ? parent->depth + 1 : 1),
        op(op),
        attrs(std::move(attrs)),
        from(from),
        to(from.dtype, std::move(to)),
        where(where),
        label(label) {}

  std::atomic<uint32_t> references{1};
  Ref<ViewStep> parent;
  uint32_t depth;
  /// strided: any sizes and strides over the flat memory of the base; else `op` is reshape,
  /// permute, slice or expand.
  bool strided = false;
  /// A leaf's own: gradients arrive here, so later steps do not melt with it.
  bool sealed = false;
  Op op;
  Attrs attrs;
  op::InlineVector<Node*, 5> starts;  // of a slice; counted
  Type from, to;
  Location where;
  const char* label;
  ~ViewStep() {
    for (Node* start : starts) release(start);
  }
};
inline void retain(ViewStep* s) { s->references.fetch_add(1, std::memory_order_relaxed); }
void release(ViewStep* step);
using ViewChain = Ref<ViewStep>;

/// The chain with one more step; neighbours that undo or swallow each other melt into one.
ViewChain reshaped(const ViewChain& chain, const Type& from, Span<int64_t> sizes, const How& how);
ViewChain permuted(const ViewChain& chain, const Type& from, Span<int64_t> permutation,
                   const How& how);
/// `fixed`: where the part starts follows from shapes, and is part of the graph.
ViewChain sliced(const ViewChain& chain, const Type& from, Span<int64_t> starts,
                 Span<int64_t> sizes, Span<int64_t> steps, const How& how, bool fixed = false);
ViewChain expanded(const ViewChain& chain, const Type& from, Span<int64_t> sizes, const How& how);
/// The same chain, whose last step is sealed.
ViewChain sealed(const ViewChain& chain);
/// A step that shows the same.
ViewChain same(const ViewChain& chain, const Type& type, Location where);
/// Of the flat memory of a base of type `base`: what came before in the chain does not matter.
ViewChain strided(const Type& base, Span<int64_t> sizes, Span<int64_t> strides, int64_t offset,
                  const How& how);

/// What the view shows when the value after its first `skip` steps is `base`.
Value replay(const ViewChain& chain, const Value& base, uint32_t skip = 0);
/// What the view shows when another view of the base, `root`, has `value`, and the rest of the base
/// is that of `base`.
Value replay_from_root(const ViewChain& root, const Value& value, const ViewChain& chain,
                       const Value& base);
/// Whether a view grew from another, step by step (as_strided begins at the base again).
bool grew_from(const ViewChain& chain, const ViewChain& root);
/// Whether a step on the way shows one element twice (expand, overlapping windows): then its insert
/// has no meaning, although what the view itself shows may be all different.
bool doubles(const ViewChain& chain);
/// The base when `update` has been written to the view.
Value insert_back(const ViewChain& chain, const Value& base, const Value& update);
}  // namespace record
}  // namespace torch
