#include "frontend/record/node.h"

#include <cstring>
#include <new>

#include "frontend/record/failure.h"
#include "frontend/record/graph_lock.h"
#include "frontend/record/plan.h"
#include "frontend/record/saved.h"
#include "frontend/record/scope.h"
#include "frontend/record/trace.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace record {
namespace {

size_t node_bytes(uint32_t num_operands) {
  return sizeof(Node) + sizeof(Edge) * (num_operands > 1 ? num_operands - 1 : 0);
}

// Nothing refers to the node any more; what it referred to may follow.
void take_apart(Node* node, Trace& trace) {
  auto drop = [&trace](Node* n) {
    if (n->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      n->next_root = trace.dying;
      trace.dying = n;
    }
  };
  for (uint32_t i = 0; i < node->num_operands; ++i) {
    const Edge edge = node->operands[i];
    if (!edge.node()) continue;
    if (edge.structure_only())
      edge.node()->structure_references.fetch_sub(1, std::memory_order_relaxed);
    drop(edge.node());
  }
  drop_overwritten(node, drop);
  if (node->leaf) autograd::release(node->leaf);
  if (node->anchor) autograd::release(node->anchor);
  if (node->failure) release(node->failure);
  delete node->saved;
  delete node->kept;
  release(node->signature);
  const size_t bytes = node_bytes(node->num_operands);
  node->~Node();
  trace.free(node, bytes);
}

// The caller's is the last reference that needs the value: edges that do not need it are all else
// there is.
void drop_value(Node* node) {
  GraphLock lock;
  if (node->references.load(std::memory_order_acquire) ==
          1 + node->structure_references.load(std::memory_order_relaxed) &&
      node->state.load(std::memory_order_relaxed) == State::known && node->buffer &&
      !reads_itself(*node)) {
    lock.release_later(std::move(node->buffer));
    node->state.store(State::structure, std::memory_order_release);
  }
}
}  // namespace

void release(Node* node) {
  const uint32_t structure = node->structure_references.load(std::memory_order_relaxed);
  if (structure != 0 && node->references.load(std::memory_order_acquire) == structure + 1)
    drop_value(node);
  if (node->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  Trace& trace = Trace::mine();
  node->next_root = trace.dying;
  trace.dying = node;
  // a list, not a recursion: chains are as long as the program likes
  if (trace.taking_apart) return;
  trace.taking_apart = true;
  while (Node* next = trace.dying) {
    trace.dying = next->next_root;
    take_apart(next, trace);
  }
  trace.taking_apart = false;
}

void weaken(Node* node) {
  retain(node);
  node->structure_references.fetch_add(1, std::memory_order_acq_rel);
  release(node);
}

void release_structure(Node* node) {
  node->structure_references.fetch_sub(1, std::memory_order_acq_rel);
  release(node);
}

Value new_node(Kind kind, SignatureRef signature, uint32_t num_operands) {
  void* memory = Trace::mine().allocate(node_bytes(num_operands));
  Node* node = new (memory) Node;
  node->references.store(1, std::memory_order_relaxed);
  node->kind = kind;
  node->num_operands = num_operands;
  node->signature = signature.take();
  for (uint32_t i = 0; i < num_operands; ++i) node->operands[i] = Edge();
  return Value::adopt(node);
}

runtime::BufferRef new_memory(const Type& type, Location where, Home home) {
  Trace::mine();  // has checked the knobs
  try {
    return runtime::allocate(type.bytes(), device_of(home));
  } catch (const runtime::OutOfMemory& e) {
    throw c10::OutOfMemoryError(e.what(), located(where));
  }
}

Value data(const Type& type, runtime::BufferRef buffer) {
  Value v = new_node(Kind::data, data_signature(type), 0);
  if (buffer) v->home.store(home_of(buffer->device()), std::memory_order_relaxed);
  v->buffer = std::move(buffer);
  v->state.store(State::known, std::memory_order_relaxed);
  return v;
}

Value immediate(DType dtype, uint64_t bits) {
  Value v = new_node(Kind::data, number_signature(dtype), 0);
  v->immediate = bits;
  v->number_of_program = true;
  v->state.store(State::known, std::memory_order_relaxed);
  return v;
}

Value immediate(int64_t value) { return immediate(DType::Long, static_cast<uint64_t>(value)); }

Value literal(int64_t value) {
  Value v = immediate(value);
  v->literal = true;
  return v;
}

const Overwritten* note_overwritten(Node* node, const Value& before, const Overwritten* earlier) {
  GraphLock lock;
  if (node->state.load(std::memory_order_relaxed) == State::known) return nullptr;
  // What is known cannot fail: nothing before it is asked for.
  const bool final = before->state.load(std::memory_order_relaxed) == State::known;
  node->overwritten =
      new Overwritten{{}, Value(before).take(), final ? nullptr : earlier, node->overwritten};
  return node->overwritten;
}

void hold(Node* node) {
  if (node->kind == Kind::data) return;
  std::lock_guard<Spinlock> lock(node->trace->lock);
  if (node->held++ == 0 && node->state.load(std::memory_order_relaxed) == State::pending)
    node->trace->link(node);
}

bool is_held(Node* node) {
  if (node->kind == Kind::data) return true;
  std::lock_guard<Spinlock> lock(node->trace->lock);
  return node->held != 0;
}

void unhold(Node* node) {
  if (node->state.load(std::memory_order_relaxed) == State::known &&
      node->references.load(std::memory_order_relaxed) > 1)
    Trace::mine().kept_bytes += node->type().bytes();
  if (node->kind == Kind::data) return;
  std::lock_guard<Spinlock> lock(node->trace->lock);
  if (--node->held == 0 && node->state.load(std::memory_order_relaxed) == State::pending)
    node->trace->unlink(node);
}
}  // namespace record
}  // namespace torch
