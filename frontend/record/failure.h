/// Why a value could not be computed. What depends on it shares it; reading any of them raises it
/// again.
#pragma once
#include <atomic>
#include <string>

#include "frontend/tensor/location.h"

namespace torch {
namespace record {

struct Failure {
  enum Kind : uint8_t { index, division, requirement, memory, absent };
  std::atomic<uint32_t> references{1};
  Kind kind;
  std::string message;
  Location where;  // of the op that failed, as is the module it was recorded for
  const std::string* scope;
  Failure(Kind kind, std::string message, Location where, const std::string* scope)
      : kind(kind), message(std::move(message)), where(where), scope(scope) {}
};
inline void retain(Failure* f) { f->references.fetch_add(1, std::memory_order_relaxed); }
inline void release(Failure* f) {
  if (f->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete f;
}
/// Throws it as what the user sees.
[[noreturn]] void raise(const Failure& failure);
}  // namespace record
}  // namespace torch
