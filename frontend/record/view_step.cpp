#include "frontend/record/view_step.h"

#include <algorithm>

#include "frontend/record/layout.h"
#include "frontend/record/trace.h"

namespace torch {
namespace record {
namespace {

using Operands = op::InlineVector<Operand, 8>;

Ref<ViewStep> step(const ViewChain& parent, Op op, Attrs attrs, const Type& from, Dims to,
                   const How& how) {
  return Ref<ViewStep>::adopt(new ViewStep(parent, op, std::move(attrs), from, std::move(to),
                                           located(how.where), how.label));
}

Span<int64_t> permutation_of(const ViewStep& s) { return op::attrs::permute(s.attrs).permutation; }

// Positions in the flat base of the elements of a strided view, as a vector.
Value flat_positions(const ViewStep& s, const How& how) {
  op::AttrReader r(s.attrs);
  const Span<int64_t> sizes = r.i64_array(), strides = r.i64_array();
  Value at = immediate(r.i64());
  for (size_t d = 0; d < sizes.size(); ++d) {
    if (sizes[d] == 1) continue;
    Value along = record(Op::iota, {},
                         op::attrs::iota::pack(sizes, static_cast<int64_t>(d), DType::Long), how);
    Value scaled = record(Op::mul, {along, immediate(strides[d])}, {}, how);
    at = record(Op::add, {scaled, at}, {}, how);
  }
  at = record(Op::expand, {at}, op::attrs::expand::pack(sizes), how);
  const int64_t numel = Type(DType::Long, Dims(sizes)).numel();
  return record(Op::reshape, {at}, op::attrs::reshape::pack(Dims{numel}), how);
}

Value flat(const Value& x, const How& how) {
  return record(Op::reshape, {x}, op::attrs::reshape::pack(Dims{x.type().numel()}), how);
}

Value apply(const ViewStep& s, const Value& x) {
  const How how(s.where, s.label);
  if (s.strided) {
    Value picked = record(Op::index_select, {flat(x, how), flat_positions(s, how)},
                          op::attrs::index_select::pack(0), how);
    return record(Op::reshape, {picked}, op::attrs::reshape::pack(s.to.dims), how);
  }
  if (s.op != Op::slice) return record(s.op, {x}, s.attrs, how);
  Operands operands{x};
  for (Node* start : s.starts) operands.push_back(Operand(start));
  return record(Op::slice, operands, s.attrs, how);
}

Value insert(const ViewStep& s, const Value& x, const Value& update) {
  const How how(s.where, s.label == kLayout ? kLayout : kCopySlices);
  if (s.strided) {
    Value put = record(Op::scatter, {flat(x, how), flat_positions(s, how), flat(update, how)},
                       op::attrs::scatter::pack(0), how);
    return record(Op::reshape, {put}, op::attrs::reshape::pack(s.from.dims), how);
  }
  if (s.op == Op::permute) {
    const Span<int64_t> permutation = permutation_of(s);
    Dims inverse(permutation.size());
    for (size_t i = 0; i < permutation.size(); ++i)
      inverse[permutation[i]] = static_cast<int64_t>(i);
    return record(Op::permute, {update}, op::attrs::permute::pack(inverse), how);
  }
  if (s.op != Op::slice)
    return record(Op::reshape, {update}, op::attrs::reshape::pack(s.from.dims), how);
  Operands operands{x, update};
  for (Node* start : s.starts) operands.push_back(Operand(start));
  return record(Op::insert, operands, op::attrs::insert::pack(op::attrs::slice(s.attrs).steps),
                how);
}

// Whether a further step of the kind `op` can be made one with the chain's last.
bool melts_with(const ViewChain& chain, Op op) {
  return chain && !chain->strided && !chain->sealed && chain->op == op;
}

// Whether inserting needs what was there before: the step shows a part only.
bool partial(const ViewStep& s) { return s.strided || s.op == Op::slice; }

using Steps = op::InlineVector<const ViewStep*, 8>;
Steps steps_of(const ViewChain& chain, uint32_t skip) {
  Steps steps;
  for (const ViewStep* s = chain.get(); s && s->depth > skip; s = s->parent.get())
    steps.push_back(s);
  std::reverse(steps.begin(), steps.end());
  return steps;
}
}  // namespace

void release(ViewStep* step) {
  // Down the chain without recursion: views of views go as deep as a loop likes.
  while (step && step->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    Ref<ViewStep> parent = std::move(step->parent);
    ViewStep* next = parent.get();
    if (next) next->references.fetch_add(1, std::memory_order_relaxed);
    delete step;
    parent = {};
    step = next;
  }
}

ViewChain reshaped(const ViewChain& chain, const Type& from, Span<int64_t> sizes, const How& how) {
  const bool melts = melts_with(chain, Op::reshape);
  const ViewChain& parent = melts ? chain->parent : chain;
  const Type& start = melts ? chain->from : from;
  if (Span<int64_t>(start.dims) == sizes) return parent;
  return step(parent, Op::reshape, op::attrs::reshape::pack(sizes), start, Dims(sizes), how);
}

ViewChain permuted(const ViewChain& chain, const Type& from, Span<int64_t> permutation,
                   const How& how) {
  Dims dims, whole(permutation);
  for (int64_t d : permutation) dims.push_back(from.dims[d]);
  const bool melts = melts_with(chain, Op::permute);
  if (melts)
    for (size_t i = 0; i < permutation.size(); ++i)
      whole[i] = permutation_of(*chain)[permutation[i]];
  const ViewChain& parent = melts ? chain->parent : chain;
  const Type& start = melts ? chain->from : from;
  bool identity = true;
  for (size_t i = 0; i < whole.size(); ++i) identity &= whole[i] == static_cast<int64_t>(i);
  if (identity) return parent;
  return step(parent, Op::permute, op::attrs::permute::pack(whole), start, std::move(dims), how);
}

ViewChain sliced(const ViewChain& chain, const Type& from, Span<int64_t> starts,
                 Span<int64_t> sizes, Span<int64_t> steps, const How& how, bool fixed) {
  bool whole = true;
  for (size_t i = 0; i < sizes.size(); ++i) whole &= sizes[i] == from.dims[i];
  if (whole) return chain;
  Dims first(starts), every(steps);
  const bool melts = melts_with(chain, Op::slice);
  if (melts) {
    const op::attrs::slice outer(chain->attrs);
    for (size_t i = 0; i < first.size(); ++i) {
      first[i] = static_cast<int64_t>(chain->starts[i]->immediate) + first[i] * outer.steps[i];
      every[i] *= outer.steps[i];
    }
  }
  const Type& start = melts ? chain->from : from;
  auto s = step(melts ? chain->parent : chain, Op::slice, op::attrs::slice::pack(sizes, every),
                start, Dims(sizes), how);
  for (size_t i = 0; i < first.size(); ++i) {
    const bool all = sizes[i] == start.dims[i] && every[i] == 1;
    const bool untouched = sizes[i] == from.dims[i] && steps[i] == 1;
    bool known = fixed;
    if (melts) {
      const bool outer = chain->from.dims[i] == chain->to.dims[i] || chain->starts[i]->literal;
      known = outer && (fixed || untouched);
    }
    s->starts.push_back(
        (all ? Trace::mine().zero() : known ? literal(first[i]) : immediate(first[i])).take());
  }
  return s;
}

ViewChain expanded(const ViewChain& chain, const Type& from, Span<int64_t> sizes, const How& how) {
  if (Type(from.dtype, Dims(sizes)).numel() == from.numel())
    return reshaped(chain, from, sizes, how);
  return step(chain, Op::expand, op::attrs::expand::pack(sizes), from, Dims(sizes), how);
}

ViewChain sealed(const ViewChain& chain) {
  if (!chain || chain->sealed) return chain;
  auto s = Ref<ViewStep>::adopt(new ViewStep(chain->parent, chain->op, chain->attrs, chain->from,
                                             chain->to.dims, chain->where, chain->label));
  s->strided = chain->strided;
  for (Node* start : chain->starts) s->starts.push_back(Value(start).take());
  s->sealed = true;
  return s;
}

ViewChain same(const ViewChain& chain, const Type& type, Location where) {
  return step(chain, Op::reshape, op::attrs::reshape::pack(type.dims), type, type.dims,
              How(where, "AliasBackward0"));
}

ViewChain strided(const Type& base, Span<int64_t> sizes, Span<int64_t> strides, int64_t offset,
                  const How& how) {
  op::AttrWriter w;
  w.i64_array(sizes);
  w.i64_array(strides);
  w.i64(offset);
  auto s = step({}, Op::index_select, std::move(w.attrs), base, Dims(sizes), how);
  s->strided = true;
  return s;
}

Value replay(const ViewChain& chain, const Value& base, uint32_t skip) {
  Value value = base;
  for (const ViewStep* s : steps_of(chain, skip)) value = apply(*s, value);
  return value;
}

bool grew_from(const ViewChain& chain, const ViewChain& root) {
  if (!root) return true;
  const ViewStep* s = chain.get();
  while (s && s != root.get()) s = s->parent.get();
  return s;
}

Value replay_from_root(const ViewChain& root, const Value& value, const ViewChain& chain,
                       const Value& base) {
  if (grew_from(chain, root)) return replay(chain, value, root ? root->depth : 0);
  return replay(chain, insert_back(root, base, value));
}

bool doubles(const ViewChain& chain) {
  for (const ViewStep* s = chain.get(); s; s = s->parent.get()) {
    if (s->strided) {
      op::AttrReader r(s->attrs);
      const Span<int64_t> sizes = r.i64_array(), strides = r.i64_array();
      if (overlaps(sizes, strides)) return true;
    } else if (s->op == Op::expand) {
      return true;
    }
  }
  return false;
}

Value insert_back(const ViewChain& chain, const Value& base, const Value& update) {
  const Steps steps = steps_of(chain, 0);
  // What was there before is needed up to the last partial step.
  size_t last = steps.size();
  while (last > 0 && !partial(*steps[last - 1])) --last;
  std::vector<Value> before{base};
  for (size_t i = 0; i + 1 < last; ++i) before.push_back(apply(*steps[i], before.back()));
  Value value = update;
  for (size_t i = steps.size(); i-- > 0;)
    value = insert(*steps[i], i < before.size() ? before[i] : Value(), value);
  return value;
}
}  // namespace record
}  // namespace torch
