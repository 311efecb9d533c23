#include "frontend/record/plan.h"

#include "frontend/autograd/saves.h"
#include "frontend/record/record.h"
#include "frontend/record/trace.h"

namespace torch {
namespace record {
namespace {

State state_of(const Node* n) { return n->state.load(std::memory_order_relaxed); }

// Alive elsewhere: a tensor, or something recorded that is not gathered.
bool referenced_outside(const Node* n) {
  return n->references.load(std::memory_order_acquire) -
             n->structure_references.load(std::memory_order_relaxed) >
         n->internal;
}
// Its history too, by somebody who needs no value.
bool reachable_outside(const Node* n) {
  return n->references.load(std::memory_order_acquire) > n->internal;
}

bool moves_only(Op op) {
  return op == Op::reshape || op == Op::permute || op == Op::expand || op == Op::slice ||
         op == Op::flip;
}
bool cheap(Op op) {
  const op::Family family = op::info(op).family;
  return family == op::Family::elementwise || family == op::Family::creation || moves_only(op);
}

autograd::Saves saves(const Node& node) {
  return autograd::vjp_reads(node.op(), carrying_operands(node));
}

// The value must be there after the evaluation: known, or derived from something that is.
void keep(Node* node) {
  while (state_of(node) == State::pending && !(node->flags & (kOutput | kLeft))) {
    if (node->kind != Kind::op || !moves_only(node->op()) || !(node->flags & kPut)) {
      node->flags |= kOutput;
      return;
    }
    node->flags |= kLeft;
    node = node->operand(0);
  }
}

void make_alive(Node* node) {
  node->flags |= kAlive;
  if (node->kind == Kind::projection) node->operand(0)->flags |= kAlive;
}

// Backwards: what a gradient could still go through keeps the values that it would read.
void find_histories(Gathering& g, Plan& plan) {
  for (Node* p : g.projections)
    if (p->carries && reachable_outside(p)) make_alive(p);
  for (size_t i = g.items.size(); i-- > 0;) {
    const Item& item = g.items[i];
    Node* node = item.node;
    if (!item.pending || !node->carries) continue;
    if (reachable_outside(node)) make_alive(node);
    if (!keeps_history(*node)) continue;
    const autograd::Saves s = saves(*node);
    for (uint32_t j = 0; j < node->num_operands; ++j) {
      Node* operand = node->operand(j);
      if (operand->carries) make_alive(operand);
      if (autograd::has(s.operands, j)) keep(operand);
    }
    if (node->signature->results.size() == 1) {
      if (s.results) keep(node);
      continue;
    }
    for (size_t r = 0; r < node->signature->results.size(); ++r)
      if (autograd::has(s.results, r)) plan.kept.push_back({node, static_cast<uint16_t>(r)});
  }
}

bool available(const Node* operand) {
  return state_of(operand) == State::known || operand->flags & (kOutput | kLeft);
}

// A passing result that is alive for a moment (the temporaries of an expression), or a view that
// somebody cached.
bool can_be_left(const Node* node) {
  if (node->flags & kWanted || node->written || node->kind != Kind::op || !cheap(node->op()))
    return false;
  if (node->held != 0 && node->internal == 0) return false;
  for (uint32_t i = 0; i < node->num_operands; ++i)
    if (!available(node->operand(i))) return false;
  return true;
}

void decide(Node* node, Plan& plan, Policy policy) {
  const bool may_leave = policy.leave_temporaries || node->held == 0;
  if (!(node->flags & (kOutput | kLeft))) {
    if (node->flags & kWanted) node->flags |= kOutput;
    else if (referenced_outside(node))
      node->flags |= may_leave && can_be_left(node) ? kLeft : kOutput;
  }
  // Left for its history's sake, but held as well.
  if (node->flags & kLeft && (node->flags & kWanted || !may_leave))
    node->flags = (node->flags & ~kLeft) | kOutput;
  if (node->flags & kOutput) plan.outputs.push_back(node);
}
}  // namespace

bool gone_through(const Node& node) {
  return node.saves && node.consumed.load(std::memory_order_relaxed);
}

bool reads_itself(const Node& known) {
  return known.kind == Kind::op && known.carries && known.signature->results.size() == 1 &&
         !known.let_go && saves(known).results;
}

bool keeps_history(const Node& node) {
  return node.carries && node.flags & kAlive && !(node.flags & kLetsGo);
}

Fate fate(const Node& node, uint32_t i) {
  if (node.kind == Kind::projection)
    return node.carries && node.flags & kAlive ? Fate::structure : Fate::dropped;
  if (!keeps_history(node)) return Fate::dropped;
  const Node* operand = node.operand(i);
  if (autograd::has(saves(node).operands, i)) return Fate::value;
  return operand->carries && autograd::has(carrying_operands(node), i) ? Fate::structure
                                                                       : Fate::dropped;
}

void make_plan(Gathering& g, Plan& plan, Policy policy) {
  // Everything is what this thread recorded: another's gradient may still be pending.
  if (policy.everything)
    for (const Item& item : g.items)
      if (gone_through(*item.node) && item.node->trace == &Trace::mine() && !item.node->shared)
        item.node->flags |= kLetsGo;
  find_histories(g, plan);
  // Results of ops with several come right after it in the graph; projections are in the order they
  // were met.
  for (const Item& item : g.items)
    if (item.pending && item.node->signature->results.size() == 1) decide(item.node, plan, policy);
  for (Node* p : g.projections) decide(p, plan, policy);
  auto release_overwritten = [](Node* node) {
    for (const Overwritten* o = node->overwritten; o; o = o->next) ++o->before->releasing;
  };
  auto release_edges = [&](Node* node) {
    if (node->flags & kLeft) return;
    for (uint32_t i = 0; i < node->num_operands; ++i)
      if (Node* o = node->operand(i); o && fate(*node, i) != Fate::value) ++o->releasing;
    release_overwritten(node);
  };
  for (const Item& item : g.items) {
    if (item.pending) {
      release_edges(item.node);
    } else if (item.node->flags & kLetsGo) {
      for (uint32_t i = 0; i < item.node->num_operands; ++i)
        if (const Edge edge = item.node->operands[i]; edge.node() && !edge.structure_only())
          ++edge.node()->releasing;
    }
  }
  for (Node* p : g.projections) release_overwritten(p);
}
}  // namespace record
}  // namespace torch
