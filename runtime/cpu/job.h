/// One parallel call: the tasks, cut in one range a thread, and who is at work on them.
#pragma once
#include <atomic>
#include <cstdint>
#include <exception>

#include "runtime/cpu/futex.h"

namespace torch {
namespace runtime {

/// More threads than that begin in a range that another one has, too.
constexpr int kMaxRanges = 256;

class Job {
 public:
  using Body = void (*)(void*, int64_t, int64_t);

  /// Takes the slot for the calling thread; false when another call has it.
  bool claim();
  /// Lets workers in. `ranges` of them have tasks.
  void open(Body body, void* argument, int64_t tasks, int64_t grain, int ranges);
  /// Works until no task is left to begin: range `home` first.
  void work(int home);
  /// For the caller, after work(): waits for the workers that are inside, frees the slot, throws
  /// what a task threw.
  void close(int spin_microseconds);
  /// For a worker: may it come in? If so, leave() must follow.
  bool enter();
  void leave();
  /// Of a job that nobody is at any more (in a forked child).
  void reset() {
    failed_.store(false, std::memory_order_relaxed);
    state_.store(0, std::memory_order_release);
  }

 private:
  enum : uint32_t { kClaimed = 1, kOpen = 2, kWaiting = 4, kInside = 8 };
  struct alignas(64) Range {
    std::atomic<int64_t> next{0};
    int64_t end = 0;
  };
  void drain(Range& range);

  alignas(64) std::atomic<uint32_t> state_{0};
  std::atomic<bool> failed_{false};
  std::exception_ptr error_;
  Body body_ = nullptr;
  void* argument_ = nullptr;
  int64_t grain_ = 1;
  int ranges_ = 0;
  Range range_[kMaxRanges];
};
}  // namespace runtime
}  // namespace torch
