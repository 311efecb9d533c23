// What follows from an evaluation for the nodes: values become known, histories keep what gradients
// read, the rest goes.
#include <algorithm>

#include "frontend/record/counted.h"
#include "frontend/record/run.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace record {
namespace {

State state_of(const Node* n) { return n->state.load(std::memory_order_acquire); }

void settle(Node* n, State state) {
  std::lock_guard<Spinlock> lock(n->trace->lock);
  n->state.store(state, std::memory_order_release);
  if (n->held) n->trace->unlink(n);
}

void drop_if_unread(Node* o, GraphLock& lock) {
  if (!o->buffer || state_of(o) != State::known || reads_itself(*o)) return;
  if (o->references.load(std::memory_order_acquire) !=
      o->structure_references.load(std::memory_order_acquire))
    return;
  lock.release_later(std::move(o->buffer));
  o->state.store(State::structure, std::memory_order_release);
}
}  // namespace

void fail_with(Node* node, Failure* failure) {
  std::lock_guard<Spinlock> lock(node->trace->lock);
  if (state_of(node) != State::pending) return;
  retain(failure);
  node->failure = failure;
  node->state.store(State::failed, std::memory_order_release);
  if (node->held) node->trace->unlink(node);
}

void Run::publish(GraphLock& lock) {
  for (Node* n : plan_.outputs) {
    const uint32_t number = number_of(g_, n);
    if (number & kInput) {
      const uint32_t i = number & ~kInput;
      n->buffer = buffers_.empty() ? g_.inputs[i]->buffer : buffers_[i];
      n->immediate = g_.inputs[i]->immediate;
    } else {
      n->buffer = result(number);
    }
    settle(n, State::known);
  }
  for (const Plan::Kept& k : plan_.kept) {
    const op::Types& types = k.op->signature->results;
    if (!k.op->kept) k.op->kept = new std::vector<Value>(types.size());
    (*k.op->kept)[k.result] = data(types[k.result], result(g_.numbers[k.op->number + k.result]));
  }
  for (const Item& item : g_.items) {
    Node* n = item.node;
    if (item.pending) {
      n->flight = nullptr;
      if (n->flags & kLeft) continue;
      if (!(n->flags & kOutput)) settle(n, State::structure);
      n->let_go = n->flags & kLetsGo;
      loosen(n, lock);
    } else if (n->flags & kLetsGo) {
      let_go(n, lock);
    }
  }
  for (Node* p : g_.projections) {
    p->flight = nullptr;
    if (!(p->flags & kOutput)) settle(p, State::structure);
    loosen(p, lock);
  }
  release_inputs(lock);
}

// Edges to what nobody reads any more become structure, or go.
void Run::loosen(Node* n, GraphLock& lock) {
  for (uint32_t i = 0; i < n->num_operands; ++i) {
    Node* o = n->operand(i);
    switch (fate(*n, i)) {
      case Fate::value:
        break;
      case Fate::structure:
        n->operands[i].bits |= 1;
        o->structure_references.fetch_add(1, std::memory_order_acq_rel);
        drop_if_unread(o, lock);
        break;
      case Fate::dropped:
        n->operands[i].bits = 0;
        lock.release_later(o);
    }
  }
  drop_overwritten(n, [&lock](Node* before) { lock.release_later(before); });
}

// A backward without retain_graph went through it.
void Run::let_go(Node* n, GraphLock& lock) {
  for (uint32_t i = 0; i < n->num_operands; ++i) {
    const Edge edge = n->operands[i];
    if (!edge.node()) continue;
    n->operands[i].bits = 0;
    if (edge.structure_only())
      edge.node()->structure_references.fetch_sub(1, std::memory_order_acq_rel);
    lock.release_later(edge.node());
  }
  n->let_go = true;
  drop_if_unread(n, lock);
  if (!n->kept) return;
  for (Value& v : *n->kept)
    if (v) lock.release_later(v.take());
  delete std::exchange(n->kept, nullptr);
}

void Run::release_inputs(GraphLock& lock) {
  for (size_t i = 0; i < buffers_.size(); ++i) {
    if (takeable_[i]) g_.inputs[i]->state.store(State::structure, std::memory_order_release);
    lock.release_later(std::move(buffers_[i]));
    lock.release_later(g_.inputs[i]);
  }
}

// Nothing was written: all is as before.
void Run::give_up() {
  GraphLock lock;
  for (const Item& item : g_.items)
    if (item.pending) item.node->flight = nullptr;
  for (Node* p : g_.projections) p->flight = nullptr;
  for (size_t i = 0; i < buffers_.size(); ++i) {
    if (takeable_[i]) g_.inputs[i]->buffer = buffers_[i];
    lock.release_later(g_.inputs[i]);
  }
  buffers_.clear();
  results_.clear();
  land(std::exchange(flight_, nullptr), lock);
}

namespace {
// An op that looks at values, when nobody may know its node any more.
struct Culprit {
  size_t number;  // in the graph
  Op op;
  Location where;
  const std::string* scope;
  int8_t index_error;
  Culprit(size_t number, const Node& node)
      : number(number),
        op(node.op()),
        where(node.where),
        scope(node.scope),
        index_error(node.index_error) {}
};

std::string said(const runtime::ValueError& e, const Culprit& culprit) {
  if (e.kind == runtime::ValueError::index && culprit.index_error >= 0)
    return op::sentence(static_cast<op::Requirement>(culprit.index_error), std::to_string(e.value));
  // A requirement is what the function says in whose scope it stands.
  if (culprit.op == op::Op::require) return e.what();
  return std::string(op::name(culprit.op)) + ": " + e.what();
}

Failure* failure_of(const runtime::ValueError& e, const Culprit& culprit) {
  const auto kind = e.kind == runtime::ValueError::division ? Failure::division
                    : e.kind == runtime::ValueError::other  ? Failure::requirement
                                                            : Failure::index;
  return new Failure(kind, said(e, culprit), culprit.where, culprit.scope);
}

// Whether values may be wrong for the op; of others nothing needs to be remembered.
bool looks_at_values(const Node& node) {
  switch (op::info(node.op()).family) {
    case op::Family::elementwise:
      return node.op() == Op::require || !op::is_float(node.type().dtype);
    case op::Family::contraction:
    case op::Family::reduction:
    case op::Family::creation: return false;
    default: return true;
  }
}
}  // namespace

// A check on values failed.
void Run::fail(const runtime::ValueError& e) {
  Node* culprit = e.node < g_.graph.size() ? g_.graph[e.node].node : nullptr;
  if (!culprit) {
    give_up();
    throw c10::Error(e.what(), located(request_->barrier.where));
  }
  fail(culprit, failure_of(e, Culprit(e.node, *culprit)));
}

// The same when the results were handed out already: whoever waits for the device hears of it.
runtime::LateError Run::late() const {
  std::vector<Culprit> culprits;
  for (size_t i = 0; i < g_.graph.size(); ++i)
    if (const Node* node = g_.graph[i].node; node && node->kind == Kind::op && looks_at_values(*node))
      culprits.emplace_back(i, *node);
  const Location where = located(request_->barrier.where);
  return [culprits = std::move(culprits), where](const runtime::ValueError& e) {
    for (const Culprit& c : culprits)
      if (c.number == e.node) throw_failure(*Ref<Failure>::adopt(failure_of(e, c)));
    throw c10::Error(e.what(), where);
  };
}

// What no memory of this machine holds failed for good; else the next attempt may find more room.
void Run::fail(const runtime::OutOfMemory& e) {
  if (Node* culprit = larger_than_memory())
    return fail(culprit, new Failure(Failure::memory, e.what(), culprit->where, culprit->scope));
  give_up();
  throw c10::OutOfMemoryError(e.what(), located(request_->barrier.where));
}
Node* Run::larger_than_memory() const {
  if (is_gpu(g_.home)) return nullptr;
  auto is_larger = [](const op::Type& type) { return type.bytes() > runtime::machine_bytes(); };
  for (const Item& item : g_.items)
    if (item.pending && std::any_of(item.node->signature->results.begin(),
                                    item.node->signature->results.end(), is_larger))
      return item.node;
  return nullptr;
}

// An op failed, and with it what depends on it.
void Run::fail(Node* culprit, Failure* failure) {
  bool raised = request_->raises && request_->all;
  {
    GraphLock lock;
    fail_with(culprit, failure);
    auto spread = [failure](Node* n) {
      for (uint32_t i = 0; i < n->num_operands; ++i)
        if (state_of(n->operand(i)) == State::failed) return fail_with(n, failure);
    };
    for (const Item& item : g_.items) {
      if (!item.pending) continue;
      // Projections lie between an op and its users, and are no items.
      for (uint32_t i = 0; i < item.node->num_operands; ++i)
        if (item.node->operand(i)->kind == Kind::projection) spread(item.node->operand(i));
      spread(item.node);
    }
    for (Node* p : g_.projections) spread(p);
    for (const Node* n : request_->asked) raised |= state_of(n) == State::failed;
  }
  give_up();
  Ref<Failure> shared = Ref<Failure>::adopt(failure);
  if (raised) throw_failure(*shared);
}

void Run::throw_failure(const Failure& failure) { raise(failure); }
}  // namespace record
}  // namespace torch
