#include "frontend/record/evaluate.h"

#include <memory>

#include "frontend/autograd/meta.h"
#include "frontend/record/eval.h"
#include "frontend/record/run.h"
#include "frontend/record/scope.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace record {
namespace {

std::atomic<uint32_t> trace_bound{8192};
// What tensors let go of may stay alive for what is recorded, up to here.
constexpr size_t kMostKept = size_t(1) << 28;

// A thread's run, with the room of its vectors; another one should an evaluation begin inside of an
// evaluation (a deleter of the user's that reads a tensor).
void run(const Request& request) {
  thread_local std::unique_ptr<Run> idle;
  std::unique_ptr<Run> mine = idle ? std::move(idle) : std::make_unique<Run>();
  mine->evaluate(request);
  idle = std::move(mine);
}

State state_of(const Node* n) { return n->state.load(std::memory_order_acquire); }

template <class E> [[noreturn]] void raise_as(const Failure& failure) {
  const Surroundings reader = surroundings();
  surroundings().scope = failure.scope;
  E error(failure.message, failure.where);
  surroundings() = reader;
  throw error;
}

void raise_if_failed(const Node* n) {
  if (state_of(n) == State::failed) raise(*n->failure);
}
}  // namespace

// Whoever reads the value, it failed where it was recorded.
void raise(const Failure& failure) {
  switch (failure.kind) {
    case Failure::memory: raise_as<c10::OutOfMemoryError>(failure);
    case Failure::index: raise_as<c10::IndexError>(failure);
    case Failure::division:
    case Failure::requirement:
    case Failure::absent: break;
  }
  raise_as<c10::Error>(failure);
}

void evaluate(const std::vector<Value>& values, const Barrier& barrier) {
  Request request;
  for (const Value& v : values) {
    raise_if_failed(v.get());
    if (state_of(v.get()) == State::pending) request.asked.push_back(v.get());
  }
  if (request.asked.empty()) return;
  request.barrier = barrier;
  run(request);
}

void evaluate(const Value& value, const Barrier& barrier) {
  if (state_of(value.get()) == State::known) return;
  evaluate(std::vector<Value>{value}, barrier);
}

void evaluate_all(const Barrier& barrier) {
  Request request;
  request.all = true;
  request.barrier = barrier;
  run(request);
}

Bytes bytes_of(const Value& known) {
  GraphLock lock;
  return {known->buffer, known->immediate};
}

Value leaf_data(const Value& known, autograd::Meta* leaf) {
  const Bytes bytes = bytes_of(known);
  Value v = data(known.type(), bytes.buffer);
  v->immediate = bytes.immediate;
  v->carries = true;
  v->leaf = leaf;
  autograd::retain(leaf);
  return v;
}

void cut_if_due(Trace& trace, const Signature* next, Location where) {
  const uint32_t bound = trace_bound.load(std::memory_order_relaxed);
  if (trace.body != 0) {
    // What is pending of a loop's step has no value.
  } else if (trace.length == 0) {
    trace.begin = next;
    trace.begin_where = where;
  } else if (trace.length >= bound || trace.kept_bytes > kMostKept) {
    const bool begins = next == trace.begin && where.file() == trace.begin_where.file() &&
                        where.line() == trace.begin_where.line();
    if (begins || trace.length >= 2 * bound) {
      Request request;
      request.all = true;
      request.raises = false;
      request.barrier = {"the recorded trace reached its bound", where};
      run(request);
      trace.begin = next;
      trace.begin_where = where;
    }
  }
  ++trace.length;
  trace.cost += next->cost;
}

void set_trace_bound(uint32_t nodes) { trace_bound = nodes; }
}  // namespace record
}  // namespace torch
