/// Memory for fibers, and the way from one to the other.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {

/// Keeps what a call must keep on the current stack, leaves its pointer in `save` and goes on where
/// `load` was left.
void switch_stack(void*& save, void* load);
inline uint64_t frame_address() { return reinterpret_cast<uint64_t>(__builtin_frame_address(0)); }

/// Stacks of weft_stack_bytes each, aligned to that, below an inaccessible page.
class Stacks {
 public:
  explicit Stacks(unsigned count);
  ~Stacks();
  Stacks(const Stacks&) = delete;
  /// An empty stack, as switch_stack loads it, where `begin` runs; it must not return.
  void* fresh(unsigned index, void (*begin)());
  uint64_t address(unsigned index) const;

 private:
  unsigned char* memory_;
  size_t bytes_;
  std::vector<bool> guarded_;
};

/// Memory that ends at an inaccessible page.
class SharedMemory {
 public:
  explicit SharedMemory(size_t bytes);
  ~SharedMemory();
  SharedMemory(const SharedMemory&) = delete;
  /// The last `bytes` of it, from a multiple of 16 on.
  unsigned char* last(size_t bytes) const;

 private:
  unsigned char* memory_;
  size_t bytes_;
};
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
