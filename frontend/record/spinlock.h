/// A lock for a few instructions: a tensor's read, a link in a list.
#pragma once
#include <atomic>
#include <thread>

namespace torch {
namespace record {

class Spinlock {
 public:
  void lock() {
    for (int tries = 0; flag_.exchange(true, std::memory_order_acquire); ++tries)
      while (flag_.load(std::memory_order_relaxed))
        if (++tries > 64) std::this_thread::yield();
  }
  void unlock() { flag_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool> flag_{false};
};
}  // namespace record
}  // namespace torch
