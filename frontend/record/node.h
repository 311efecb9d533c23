/// A node is one recorded op, one result of an op with several (a projection), or data. What it is
/// never changes; whether its value is known does. Value is the counted pointer to it.
///
/// Invariants:
///  * an operand was recorded before its user, so there are no cycles;
///  * a node that a storage holds and whose value is not known is in the list of roots of the trace
///    that recorded it;
///  * what is marked "graph lock" is touched under it alone (graph_lock.h).
#pragma once
#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "frontend/record/home.h"
#include "frontend/record/pooled.h"
#include "frontend/record/signature.h"
#include "frontend/tensor/location.h"
#include "runtime/device/buffer.h"

namespace torch {
namespace autograd {
struct Meta;
struct Anchor;
void release(Meta*);
void release(Anchor*);
}  // namespace autograd
namespace record {

struct Trace;
struct Flight;
struct Failure;
struct SavedVersions;

enum class Kind : uint8_t { op, projection, data };
/// pending: not evaluated. known: the bytes are in `buffer`, or without one in `immediate`.
/// structure: was evaluated, but only what gradients need of it was kept, not its value. failed:
/// evaluating it raised an error, which reading it raises again.
enum class State : uint8_t { pending, known, structure, failed };

struct Node;
class Value;
/// An operand. A structure-only edge keeps the history for gradients, not the value.
struct Edge {
  uintptr_t bits = 0;
  Node* node() const { return reinterpret_cast<Node*>(bits & ~uintptr_t(1)); }
  bool structure_only() const { return bits & 1; }
};

/// What a storage held before the result of an op was written to it: it stands again should the op
/// fail.
struct Overwritten : Pooled {
  Node* before;                // counted
  // of the same storage, from when `before` was written to it; owned by `before` while that may
  // fail
  const Overwritten* earlier;
  Overwritten* next;           // of other storages that the same result was written to
};

struct Node {
  std::atomic<uint32_t> references{0};
  std::atomic<uint32_t> structure_references{0};  // of them, edges that do not need the value
  std::atomic<State> state{State::pending};
  Kind kind = Kind::op;
  bool carries = false;               // gradients flow through it
  // a weft.grad that was pending when this was recorded is among its ancestors, or is it
  bool over_grad = false;
  // torch's node would have saved a tensor: it cannot be gone through twice
  bool saves = false;
  bool saves_result = false;          // of them, its result
  // an in-place op made it: a storage's contents, not a passing result
  bool written = false;
  std::atomic<bool> consumed{false};  // a backward went through it: what it had saved is released
  bool let_go = false;                // ... was: graph lock
  // the same, but its gradient has a graph, which is computed of what torch released
  std::atomic<bool> spent{false};
  // a thread that did not record it went through it, whose gradient may be pending: graph lock
  bool shared = false;
  int8_t index_error = -1;            // what an index out of range is called (scope.h)
  std::atomic<Home> home{kAnywhere};  // where its value is, or will be
  uint16_t index = 0;                 // of a projection: which result
  uint32_t num_operands = 0;
  const Signature* signature = nullptr;  // counted
  Location where = Location::none();
  const std::string* scope = nullptr;    // module path, interned
  // what autograd calls it, when not by its op ("LinearBackward0")
  const char* label = nullptr;

  // Guarded by the lock of `trace`.
  Trace* trace = nullptr;
  Node *previous_root = nullptr, *next_root = nullptr;
  uint32_t held = 0;  // storages whose value this is

  // Graph lock.
  // the gathering that saw it last; the next four are of that gathering (gather.h)
  uint64_t mark = 0;
  uint32_t number = 0;
  uint32_t internal = 0;
  uint32_t releasing = 0;
  uint32_t flags = 0;
  Flight* flight = nullptr;  // being evaluated
  runtime::BufferRef buffer;
  Failure* failure = nullptr;             // counted
  // owned: results of an op with several that its gradient reads
  std::vector<Value>* kept = nullptr;

  bool number_of_program = false; // data that the program wrote as a number
  bool literal = false;           // of such: part of every graph it is in, not an input
  uint32_t body = 0;              // the body of a loop that this was recorded in (scan.h); 0: none
  union {
    uint64_t immediate = 0;       // of such: its bytes
    uint64_t sequence;            // of an op that carries gradients: when its thread recorded it
  };
  Overwritten* overwritten = nullptr;  // owned: until the value is known
  autograd::Meta* leaf = nullptr;      // counted: the leaf that this data is a read of
  autograd::Anchor* anchor = nullptr;  // owned: what the program hung on it for gradients
  // owned: versions of tensors that torch would have saved for the gradient
  SavedVersions* saved = nullptr;
  Edge operands[1];

  const Type& type() const { return signature->results[index]; }
  uint64_t type_hash() const { return signature->result_hashes[index]; }
  op::Op op() const { return signature->op; }
  Home lives() const { return home.load(std::memory_order_relaxed); }
  Node* operand(size_t i) const { return operands[i].node(); }
};

void release(Node* node);
/// Turns the caller's reference into one that does not need the value; give it back with
/// release_structure.
void weaken(Node* node);
void release_structure(Node* node);
inline void retain(Node* node) { node->references.fetch_add(1, std::memory_order_relaxed); }

class Value {
 public:
  Value() = default;
  explicit Value(Node* n) : node_(n) {
    if (n) retain(n);
  }
  /// Takes over the caller's reference.
  static Value adopt(Node* n) {
    Value v;
    v.node_ = n;
    return v;
  }
  Value(const Value& o) : Value(o.node_) {}
  Value(Value&& o) noexcept : node_(o.node_) { o.node_ = nullptr; }
  Value& operator=(const Value& o) {
    Value(o).swap(*this);
    return *this;
  }
  Value& operator=(Value&& o) noexcept {
    Value(std::move(o)).swap(*this);
    return *this;
  }
  ~Value() {
    if (node_) release(node_);
  }
  void swap(Value& o) noexcept { std::swap(node_, o.node_); }
  Node* get() const { return node_; }
  Node* operator->() const { return node_; }
  explicit operator bool() const { return node_; }
  const Type& type() const { return node_->type(); }
  /// Gives the reference away.
  Node* take() { return std::exchange(node_, nullptr); }

 private:
  Node* node_ = nullptr;
};

/// A node with room for its operands, which the caller fills in; one reference.
Value new_node(Kind kind, SignatureRef signature, uint32_t num_operands);
/// Memory for data that the frontend fills. What is wrong with the environment's knobs, or that there
/// is no such memory, is an error at `where`.
runtime::BufferRef new_memory(const Type& type, Location where, Home home = kHost);
/// Data in memory, which lives where that is.
Value data(const Type& type, runtime::BufferRef buffer);
/// A value that lives anywhere lives there from now on: the program has it as a tensor.
inline void settle_in(const Value& v, Home home) {
  if (v->lives() == kAnywhere) v->home.store(home, std::memory_order_relaxed);
}
/// A 0-dim number: a run-time input of every graph it is used in.
Value immediate(DType dtype, uint64_t bits);
Value immediate(int64_t value);
/// A position that follows from shapes: a constant of every graph it is used in.
Value literal(int64_t value);

/// The storage that held `before` is given the pending `node`. Null when that became known
/// meanwhile.
const Overwritten* note_overwritten(Node* node, const Value& before, const Overwritten* earlier);
/// Takes the node's notes; `drop` gets what they counted.
template <class Drop> void drop_overwritten(Node* node, Drop drop) {
  for (Overwritten* o = std::exchange(node->overwritten, nullptr); o;) {
    drop(o->before);
    delete std::exchange(o, o->next);
  }
}

/// A storage takes or drops the node as its value.
void hold(Node* node);
void unhold(Node* node);
/// Whether a storage has it; of data, true.
bool is_held(Node* node);

/// A Value that a storage holds: while it does, it is a root of evaluations.
class HeldValue {
 public:
  HeldValue() = default;
  explicit HeldValue(Value value) : value_(std::move(value)) {
    if (value_) hold(value_.get());
  }
  HeldValue(HeldValue&& o) noexcept : value_(std::move(o.value_)) {}
  HeldValue& operator=(HeldValue&& o) noexcept {
    std::swap(value_, o.value_);
    return *this;
  }
  ~HeldValue() {
    if (value_) unhold(value_.get());
  }
  const Value& get() const { return value_; }
  Node* operator->() const { return value_.get(); }
  explicit operator bool() const { return bool(value_); }

 private:
  Value value_;
};
}  // namespace record
}  // namespace torch
