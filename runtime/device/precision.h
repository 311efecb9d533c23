/// What a program gives up for speed.
#pragma once
#include <atomic>

namespace torch {
namespace runtime {

inline std::atomic<bool> tf32_allowed{false};
inline thread_local int tf32_guards = 0;  // of this thread, that forbid it
/// Whether products of f32 on GPUs may round their factors to tf32 (10 bits of fraction).
inline bool allow_tf32() {
  return tf32_guards == 0 && tf32_allowed.load(std::memory_order_relaxed);
}
}  // namespace runtime
}  // namespace torch
