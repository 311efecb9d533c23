/// The one lock of evaluation: who is known, who is in flight, whose buffer may be taken. It is
/// held while a graph is gathered and while its results are published, never while something is
/// compiled or run.
#pragma once
#include <mutex>
#include <vector>

#include "frontend/record/node.h"

namespace torch {
namespace record {

class GraphLock {
 public:
  GraphLock();
  ~GraphLock();
  GraphLock(const GraphLock&) = delete;
  GraphLock& operator=(const GraphLock&) = delete;
  /// Releases the reference once the lock is given up: a node's end takes locks of its own.
  void release_later(Node* node) { released_.push_back(node); }
  void release_later(runtime::BufferRef buffer) { buffers_.push_back(std::move(buffer)); }
  std::unique_lock<std::mutex>& native() { return lock_; }

 private:
  std::unique_lock<std::mutex> lock_;
  std::vector<Node*> released_;
  std::vector<runtime::BufferRef> buffers_;
};
}  // namespace record
}  // namespace torch
