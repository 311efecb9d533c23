/// Evaluation: what forces values, and how a graph comes to its executable.
#pragma once
#include "frontend/record/node.h"

namespace torch {
namespace record {

/// What forced an evaluation, for the ledger, and where.
struct Barrier {
  const char* what;
  Location where;
};

/// Makes the value known, and with it what is pending and alive of this thread. Throws what made it
/// fail.
void evaluate(const Value& value, const Barrier& barrier);
void evaluate(const std::vector<Value>& values, const Barrier& barrier);
/// Everything that is pending and alive of this thread, temporaries too: the end of a step. What lives
/// on different devices is an executable each.
void evaluate_all(const Barrier& barrier);
/// The bytes of a known value, where it lives; valid while the Value is held.
struct Bytes {
  runtime::BufferRef buffer;
  uint64_t immediate = 0;
  const void* data() const { return buffer ? buffer->data() : &immediate; }
};
Bytes bytes_of(const Value& known);
/// The value's bytes on the host. Evaluates; waits for the GPU that it lives on, which is a barrier of
/// its own in the ledger.
Bytes host_bytes(const Value& value, const Barrier& barrier);
/// Data that gradients arrive at for `leaf`, with the bytes of a known value.
Value leaf_data(const Value& known, autograd::Meta* leaf);

/// Evaluates when what this thread has recorded grew beyond its bound, at the op at which it began:
/// so the cuts of a loop are periodic, and hit the cache.
void cut_if_due(Trace& trace, const Signature* next, Home home, Location where);
/// The bound in nodes; a test may lower it.
void set_trace_bound(uint32_t nodes);
}  // namespace record
}  // namespace torch
