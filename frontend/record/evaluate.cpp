#include "frontend/record/evaluate.h"

#include <algorithm>
#include <memory>
#include <mutex>

#include "frontend/autograd/meta.h"
#include "frontend/record/at_line.h"
#include "frontend/record/eval.h"
#include "frontend/record/ledger_inside.h"
#include "frontend/record/run.h"
#include "frontend/record/scope.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/record/transfer.h"
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

namespace {
// What lives anywhere is made on the host.
Home home_of(const Node* n) { return std::max(n->lives(), kHost); }

// GPUs first: they work while the host does its own.
template <class F> void for_each_home(Homes homes, F f) {
  for (Home home = 63; home >= kHost; --home)
    if (homes & bit_of(home)) f(home);
}

Homes pending_homes(Trace& trace) {
  Homes homes = 0;
  if (trace.body != 0) return homes;
  std::lock_guard<Spinlock> lock(trace.lock);
  for (const Node* n = trace.first_root; n; n = n->next_root) homes |= bit_of(home_of(n));
  return homes;
}

void run_all(Request& request) {
  request.all = true;
  for_each_home(pending_homes(Trace::mine()), [&](Home home) {
    request.home = home;
    run(request);
  });
}
}  // namespace

void evaluate(const std::vector<Value>& values, const Barrier& barrier) {
  Homes homes = 0;
  for (const Value& v : values) {
    raise_if_failed(v.get());
    if (state_of(v.get()) == State::pending) homes |= bit_of(home_of(v.get()));
  }
  for_each_home(homes, [&](Home home) {
    Request request;
    request.home = home;
    request.barrier = barrier;
    for (const Value& v : values)
      if (home_of(v.get()) == home && state_of(v.get()) == State::pending)
        request.asked.push_back(v.get());
    if (!request.asked.empty()) run(request);
  });
}

void evaluate(const Value& value, const Barrier& barrier) {
  if (state_of(value.get()) == State::known) return;
  evaluate(std::vector<Value>{value}, barrier);
}

void evaluate_all(const Barrier& barrier) {
  Request request;
  request.barrier = barrier;
  run_all(request);
}

Bytes bytes_of(const Value& known) {
  GraphLock lock;
  return {known->buffer, known->immediate};
}

Bytes host_bytes(const Value& value, const Barrier& barrier) {
  evaluate(value, barrier);
  Bytes bytes = bytes_of(value);
  if (!bytes.buffer) return bytes;
  if (!is_gpu(record::home_of(bytes.buffer->device()))) {
    await(bytes.buffer, barrier);
    return bytes;
  }
  const WaitNote note(barrier, value->lives());
  at_line(barrier.where, [&] { bytes.buffer = brought(bytes.buffer, kHost); });
  return bytes;
}

Value leaf_data(const Value& known, autograd::Meta* leaf) {
  const Bytes bytes = bytes_of(known);
  Value v = data(known.type(), bytes.buffer);
  v->immediate = bytes.immediate;
  settle_in(v, known->lives());
  v->carries = true;
  v->leaf = leaf;
  autograd::retain(leaf);
  return v;
}

void cut_if_due(Trace& trace, const Signature* next, Home home, Location where) {
  Trace::Pending& pending = trace.pending(home);
  const uint32_t bound = trace_bound.load(std::memory_order_relaxed);
  if (trace.body != 0) {
    // What is pending of a loop's step has no value.
  } else if (pending.length == 0) {
    pending.begin = next;
    pending.begin_where = where;
  } else if (pending.length >= bound || trace.kept_bytes > kMostKept) {
    const bool begins = next == pending.begin && where.file() == pending.begin_where.file() &&
                        where.line() == pending.begin_where.line();
    if (begins || pending.length >= 2 * bound) {
      Request request;
      request.raises = false;
      request.barrier = {"the recorded trace reached its bound", where};
      run_all(request);
      pending.begin = next;
      pending.begin_where = where;
    }
  }
  ++pending.length;
  pending.cost += next->cost;
}

void set_trace_bound(uint32_t nodes) { trace_bound = nodes; }
}  // namespace record
}  // namespace torch
