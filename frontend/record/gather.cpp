#include "frontend/record/gather.h"

#include <algorithm>
#include <stdexcept>

#include "runtime/device/precision.h"

namespace torch {
namespace record {
namespace {

State state_of(const Node* n) { return n->state.load(std::memory_order_relaxed); }

// Outside of what is differentiated, weft.cached is its second operand.
bool passes_through(const Node* n) {
  return n->kind == Kind::op && n->op() == Op::cached && !(n->flags & kStructure);
}
}  // namespace

void Gathering::clear() {
  items.clear();
  graph.clear();
  inputs.clear();
  projections.clear();
  numbers.clear();
  num_results = 0;
  key.clear();
  hash = Hash128();
  cost = 0;
  has_grad = false;
  failed = nullptr;
  failed_between.clear();
  busy = nullptr;
}

Gatherer::Gatherer(Gathering& g, Home home) : g_(g) {
  g_.home = home;
  static uint64_t stamps = 0;  // graph lock
  stamp_ = ++stamps;
}

bool Gatherer::add(const std::vector<Node*>& wanted) {
  find_histories(wanted);
  if (g_.busy) return false;
  for (Node* node : wanted) {
    if (visit(node)) continue;
    g_.failed_under = node;
    return false;
  }
  // Also those that no op reads, values that pass through as they are: executables count inputs.
  word(g_.inputs.size());
  for (const Node* input : g_.inputs) word(input->type_hash());
  if (is_gpu(g_.home)) put_placement();
  return true;
}

// Code is of a device, and reads numbers of the host's otherwise than what lies in its memory.
void Gatherer::put_placement() {
  word(g_.home);
  word(runtime::allow_tf32());
  for (size_t i = 0; i < g_.inputs.size(); i += 64) {
    uint64_t on_host = 0;
    for (size_t k = i; k < std::min(i + 64, g_.inputs.size()); ++k)
      on_host |= uint64_t(!g_.inputs[k]->buffer) << (k - i);
    word(on_host);
  }
}

// Every weft.grad that will be gathered, and what it differentiates: which nodes lie between its
// outputs and a value that a gradient is taken with respect to.
void Gatherer::find_histories(const std::vector<Node*>& wanted) {
  std::vector<Node*> stack, grads, order;
  for (Node* node : wanted)
    if (node->over_grad) stack.push_back(node);
  if (stack.empty()) return;
  while (!stack.empty()) {
    Node* node = stack.back();
    stack.pop_back();
    if (!touch(node)) return;
    if ((node->flags & kDiscovered) || state_of(node) != State::pending || !node->over_grad)
      continue;
    node->flags |= kDiscovered;
    if (node->kind == Kind::op && node->op() == Op::grad) grads.push_back(node);
    for (uint32_t i = 0; i < node->num_operands; ++i) stack.push_back(node->operand(i));
  }
  // Gradients of gradients: collecting one history may meet another weft.grad.
  for (size_t i = 0; i < grads.size() && !g_.busy; ++i) collect_history(grads[i], order, grads);
  for (Node* grad : grads) {
    const uint32_t outputs =
        static_cast<uint32_t>(op::attrs::grad(grad->signature->attrs).num_outputs);
    for (uint32_t i = 2 * outputs; i < grad->num_operands; ++i) {
      if (!touch(grad->operand(i))) return;
      grad->operand(i)->flags |= kWrt | kReach;
    }
  }
  for (Node* node : order) {
    bool below = false;
    for (uint32_t i = 0; i < node->num_operands; ++i)
      if (Node* o = node->operand(i); o && o->carries && o->mark == stamp_ && (o->flags & kReach))
        below = true;
    if (below) node->flags |= kReach | kStructure;
  }
}

// Post-order over what carries gradients to the outputs of `grad`.
void Gatherer::collect_history(Node* grad, std::vector<Node*>& order, std::vector<Node*>& grads) {
  const uint32_t outputs =
      static_cast<uint32_t>(op::attrs::grad(grad->signature->attrs).num_outputs);
  for (uint32_t i = 0; i < outputs; ++i) {
    stack_.push_back({grad->operand(i), 0});
    while (!stack_.empty()) {
      Frame& frame = stack_.back();
      Node* node = frame.node;
      if (frame.next == 0) {
        if (!touch(node)) return stack_.clear();
        if (!node->carries || (node->flags & kHistory)) {
          stack_.pop_back();
          continue;
        }
        node->flags |= kHistory;
        if (node->kind == Kind::op && node->op() == Op::grad && !(node->flags & kDiscovered)) {
          node->flags |= kDiscovered;
          grads.push_back(node);
        }
      }
      if (frame.next < node->num_operands) {
        Node* operand = node->operand(frame.next++);
        if (operand && operand->carries) stack_.push_back({operand, 0});
      } else {
        order.push_back(node);
        stack_.pop_back();
      }
    }
  }
}

// Whether a node's operands must be gathered before it can be numbered; if not it is numbered now.
bool Gatherer::needs_walk(Node* node) {
  if (node->flags & kNumbered) return false;
  const State state = state_of(node);
  if (state == State::failed) {
    g_.failed = node;
    return false;
  }
  if (state == State::pending) return true;
  if (node->kind != Kind::data && (node->flags & kStructure)) return true;
  if (state == State::known) {
    number_input(node);
    return false;
  }
  // A leaf whose value is gone still takes its gradient.
  if (node->flags & kWrt) {
    number(node, put_constant({node->type().dtype, 0}, node->type()));
    return false;
  }
  throw std::logic_error("record: a value that is gone is wanted");
}

bool Gatherer::visit(Node* root) {
  if (touch(root) && needs_walk(root)) stack_.push_back({root, 0});
  while (!stack_.empty() && !g_.failed && !g_.busy) {
    Frame& frame = stack_.back();
    Node* node = frame.node;
    if (frame.next == 0 && passes_through(node)) frame.next = 1;
    if (frame.next < node->num_operands) {
      const Edge edge = node->operands[frame.next++];
      Node* operand = edge.node();
      if (!operand) continue;
      if (!touch(operand)) break;
      // A value that only structure is left of: gathered if a gradient passes, otherwise nobody
      // reads it.
      if (edge.structure_only() && !(operand->flags & kReach)) continue;
      if (needs_walk(operand)) stack_.push_back({operand, 0});
    } else {
      stack_.pop_back();
      if (!(node->flags & kNumbered))
        node->kind == Kind::projection ? put_projection(node) : put(node);
    }
  }
  if (g_.failed)
    for (const Frame& frame : stack_) g_.failed_between.push_back(frame.node);
  stack_.clear();
  return !g_.failed && !g_.busy;
}

void Gatherer::number(Node* node, uint32_t value) {
  node->number = static_cast<uint32_t>(g_.numbers.size());
  node->flags |= kNumbered;
  g_.numbers.push_back(value);
}

void Gatherer::number_input(Node* node) {
  if (node->literal)
    return number(node, put_constant({node->type().dtype, static_cast<int64_t>(node->immediate)},
                                     node->type()));
  number(node, kInput | static_cast<uint32_t>(g_.inputs.size()));
  g_.inputs.push_back(node);
}

// The structure of what is known already, with its value: gradients go through the one, code reads
// the other.
uint32_t Gatherer::put_cached(Node* known, uint32_t computed) {
  const uint32_t input = kInput | static_cast<uint32_t>(g_.inputs.size());
  g_.inputs.push_back(known);
  head(known, Word::cached, computed);
  word(kInput | input);
  return g_.num_results++;
}

// What a pending value was written over stays until it is known.
void Gatherer::stand_by(Node* node) {
  for (const Overwritten* o = node->overwritten; o; o = o->next)
    if (touch(o->before)) ++o->before->internal;
}

void Gatherer::put_projection(Node* node) {
  Node* parent = node->operand(0);
  const uint32_t computed = g_.numbers[parent->number + node->index];
  const State state = state_of(node);
  if (state == State::pending) {
    ++parent->internal;
    g_.projections.push_back(node);
    stand_by(node);
  }
  number(node, state == State::known ? put_cached(node, computed) : computed);
}

uint32_t Gatherer::put_constant(const op::Literal& value, const Type& type) {
  SignatureRef signature = constant_signature(value, type.dims);
  word(signature->id << 2 | static_cast<uint64_t>(Word::constant));
  g_.graph.push_back({nullptr, std::move(signature)});
  return g_.num_results++;
}

void Gatherer::put_passing(Node* node) {
  const bool pending = state_of(node) == State::pending;
  if (pending) {
    if (touch(node->operand(0))) ++node->operand(0)->internal;
    ++node->operand(1)->internal;
    stand_by(node);
  }
  number(node, number_of(g_, node->operand(1)));
  node->flags |= kPut;
  g_.items.push_back({node, pending});
}

void Gatherer::put(Node* node) {
  if (passes_through(node)) return put_passing(node);
  const bool pending = state_of(node) == State::pending;
  const Signature& signature = *node->signature;
  operands_.clear();
  for (uint32_t i = 0; i < node->num_operands; ++i) {
    Node* operand = node->operand(i);
    const bool gone = !operand || operand->mark != stamp_ || !(operand->flags & kNumbered);
    if (!gone && pending) ++operand->internal;
    operands_.push_back(gone ? put_constant({signature.operands[i].dtype, 0}, signature.operands[i]) : number_of(g_, operand));
  }
  operands_.resize((operands_.size() + 1) & ~size_t(1), 0);
  head(node, pending ? Word::op : Word::structure, signature.id);
  for (size_t i = 0; i < operands_.size(); i += 2)
    word(uint64_t(operands_[i]) | uint64_t(operands_[i + 1]) << 32);
  g_.cost += signature.cost;
  g_.has_grad |= signature.op == Op::grad;
  node->flags |= kNumbered | kPut;
  node->number = static_cast<uint32_t>(g_.numbers.size());
  for (size_t i = 0; i < signature.results.size(); ++i) g_.numbers.push_back(g_.num_results++);
  g_.items.push_back({node, pending});
  if (pending) return stand_by(node);
  if (state_of(node) == State::known)
    g_.numbers[node->number] = put_cached(node, g_.numbers[node->number]);
  if (!node->kept) return;
  for (size_t i = 0; i < node->kept->size(); ++i) {
    const uint32_t at = node->number + static_cast<uint32_t>(i);
    if (Node* known = (*node->kept)[i].get()) g_.numbers[at] = put_cached(known, g_.numbers[at]);
  }
}

bool Gatherer::shares(Node* root) {
  std::vector<Node*> stack{root};
  while (!stack.empty()) {
    Node* node = stack.back();
    stack.pop_back();
    if (!touch(node)) return false;
    if (node->flags & kPut) return true;
    if ((node->flags & kDiscovered) || state_of(node) != State::pending) continue;
    node->flags |= kDiscovered;
    for (uint32_t i = 0; i < node->num_operands; ++i)
      if (Node* o = node->operand(i)) stack.push_back(o);
  }
  return false;
}
}  // namespace record
}  // namespace torch
