/// Values that move from one home to another.
#pragma once
#include <string>

#include "frontend/record/evaluate.h"

namespace torch {
namespace record {

/// "cpu", "cuda:1".
std::string name_of(Home home);
/// What the value is, without its history, as data that lives in `to`. Evaluates; from a GPU to the
/// host it waits. `may_wait` false: what goes from pinned memory to a GPU, or from there to the host
/// (then to pinned memory), goes while the program goes on; who reads it waits.
Value transferred(const Value& value, Home to, bool may_wait, Location where);
/// Its bytes in pinned memory of the host.
Value pinned(const Value& value, Location where);
/// Until all that was launched there is done, and its late errors are raised: the program looks at
/// memory by an address.
void wait_for(Home home, const Barrier& barrier);
/// Until bytes that are on their way are there.
void await(const runtime::BufferRef& buffer, const Barrier& barrier);
/// The buffer's bytes in memory that lives in `to`.
runtime::BufferRef brought(const runtime::BufferRef& buffer, Home to);
}  // namespace record
}  // namespace torch
