/// Version counters: an in-place op moves its tensor's; the gradient of an op that saved the tensor
/// before is then refused.
#pragma once
#include <atomic>

#include "frontend/record/pooled.h"
#include "ir/op/inline_vector.h"

namespace torch {
namespace record {

/// Shared by a tensor, its views and what was detached from it.
struct VersionCounter : Pooled {
  std::atomic<uint32_t> references{1};
  std::atomic<uint32_t> version{0};
};
inline void retain(VersionCounter* c) { c->references.fetch_add(1, std::memory_order_relaxed); }
inline void release(VersionCounter* c) {
  if (c->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete c;
}

/// What torch's node would have saved of tensors that the program can write to.
struct SavedVersions : Pooled {
  struct Item {
    VersionCounter* counter;  // counted
    uint32_t version;
    int32_t operand;          // -1: the result
  };
  op::InlineVector<Item, 3> items;

  SavedVersions() = default;
  SavedVersions(const SavedVersions&) = delete;
  void add(VersionCounter* counter, int32_t operand) {
    retain(counter);
    items.push_back({counter, counter->version.load(std::memory_order_relaxed), operand});
  }
  ~SavedVersions() {
    for (Item& item : items) release(item.counter);
  }
};
}  // namespace record
}  // namespace torch
