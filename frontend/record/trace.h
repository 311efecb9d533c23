/// What a thread records: the list of its roots, how long it is, and memory for what is made and
/// forgotten all the time.
#pragma once
#include "frontend/record/node.h"
#include "frontend/record/spinlock.h"

namespace torch {
namespace record {

/// Freed blocks of one size, kept for the thread that freed them.
class FreeList {
 public:
  void* take() {
    Block* b = first_;
    if (b) {
      first_ = b->next;
      --count_;
    }
    return b;
  }
  bool give(void* memory) {
    if (count_ >= kMost) return false;
    first_ = new (memory) Block{first_};
    ++count_;
    return true;
  }

 private:
  struct Block {
    Block* next;
  };
  static constexpr uint32_t kMost = 8192;
  Block* first_ = nullptr;
  uint32_t count_ = 0;
};

/// One a thread; when the thread ends another takes it over, with the roots that are still alive.
struct Trace {
  static Trace& mine() {
    if (!current) adopt();
    return *current;
  }

  void link(Node* node);    // lock held
  void unlink(Node* node);  // lock held

  /// Memory of `bytes` by size class; give it back with the same size.
  void* allocate(size_t bytes) {
    const size_t c = (bytes - 1) / kUnit;
    if (c < kClasses)
      if (void* p = free_[c].take()) return p;
    return ::operator new(c < kClasses ? (c + 1) * kUnit : bytes);
  }
  void free(void* memory, size_t bytes) {
    const size_t c = (bytes - 1) / kUnit;
    if (c >= kClasses || !free_[c].give(memory)) ::operator delete(memory);
  }
  SignatureRef& recent(uint64_t hash) { return recent_[hash % kRecent]; }
  /// Where a dim that is shown whole starts, in every run: all slices share this input.
  Value zero() {
    if (!zero_) zero_ = immediate(0);
    return zero_;
  }

  Spinlock lock;
  Node *first_root = nullptr, *last_root = nullptr;
  // The owner's alone.
  uint64_t sequence = 0;              // ops recorded with gradients
  // of data that tensors let go of while something recorded may read it
  size_t kept_bytes = 0;
  uint32_t body = 0;                  // the loop body that is being recorded (scan.h); 0: none
  /// What was recorded since all was evaluated.
  struct Pending {
    uint32_t length = 0;                // nodes
    double cost = 0;                    // of them, nanoseconds in the reference tier
    const Signature* begin = nullptr;   // of the first of them, for comparison only
    Location begin_where = Location::none();
  };
  Pending& pending(Home home) { return is_gpu(home) ? of_gpus_ : of_host_; }
  Node* dying = nullptr;              // nodes being taken apart
  bool taking_apart = false;

 private:
  static void adopt();
  static constexpr size_t kRecent = 1024, kClasses = 16, kUnit = 64;
  // Read several times an op (BUILD: _TLS). Not initial-exec, for which there may be no room where a
  // running process loads libweft.so.
  static constinit thread_local Trace* current;
  SignatureRef recent_[kRecent];
  FreeList free_[kClasses];
  Value zero_;
  Pending of_host_, of_gpus_;
  friend struct TraceOwner;
};
}  // namespace record
}  // namespace torch
