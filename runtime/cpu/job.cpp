#include "runtime/cpu/job.h"

#include <algorithm>

namespace torch {
namespace runtime {

bool Job::claim() {
  uint32_t free = 0;
  return state_.load(std::memory_order_relaxed) == 0 &&
         state_.compare_exchange_strong(free, kClaimed, std::memory_order_acquire);
}

void Job::open(Body body, void* argument, int64_t tasks, int64_t grain, int ranges) {
  body_ = body;
  argument_ = argument;
  grain_ = grain;
  ranges_ = ranges;
  // Ranges are whole grains, so that a task lies in the same chunk whatever the number of threads.
  const int64_t grains = (tasks + grain - 1) / grain;
  for (int i = 0; i < ranges; ++i) {
    range_[i].next.store(grains * i / ranges * grain, std::memory_order_relaxed);
    range_[i].end = std::min(grains * (i + 1) / ranges * grain, tasks);
  }
  state_.store(kClaimed | kOpen, std::memory_order_release);
}

void Job::drain(Range& range) {
  while (!failed_.load(std::memory_order_relaxed)) {
    if (range.next.load(std::memory_order_relaxed) >= range.end) return;
    int64_t begin = range.next.fetch_add(grain_, std::memory_order_relaxed);
    if (begin >= range.end) return;
    body_(argument_, begin, std::min(begin + grain_, range.end));
  }
}

void Job::work(int home) {
  try {
    for (int i = 0; i < ranges_; ++i) drain(range_[(home + i) % ranges_]);
  } catch (...) {
    if (!failed_.exchange(true)) error_ = std::current_exception();
  }
}

bool Job::enter() {
  uint32_t state = state_.load(std::memory_order_relaxed);
  while (state & kOpen)
    if (state_.compare_exchange_weak(state, state + kInside, std::memory_order_acquire))
      return true;
  return false;
}

void Job::leave() {
  uint32_t before = state_.fetch_sub(kInside, std::memory_order_acq_rel);
  if (before / kInside == 1 && (before & kWaiting)) futex_wake(state_);
}

void Job::close(int spin_microseconds) {
  state_.fetch_and(~uint32_t(kOpen), std::memory_order_acq_rel);
  auto empty = [&] { return state_.load(std::memory_order_acquire) < kInside; };
  if (!spin_until(empty, spin_microseconds)) {
    uint32_t state = state_.fetch_or(kWaiting, std::memory_order_acq_rel) | kWaiting;
    while (state >= kInside) {
      futex_wait(state_, state);
      state = state_.load(std::memory_order_acquire);
    }
  }
  std::exception_ptr error;
  std::swap(error, error_);
  failed_.store(false, std::memory_order_relaxed);
  state_.store(0, std::memory_order_release);
  if (error) std::rethrow_exception(error);
}
}  // namespace runtime
}  // namespace torch
