#include "frontend/record/trace.h"

#include <mutex>
#include <stdexcept>
#include <vector>

#include "frontend/tensor/error.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace record {

constinit thread_local Trace* Trace::current = nullptr;

namespace {
// Traces of threads that ended. Never destroyed: nodes point to their trace.
std::mutex& idle_mutex() {
  static std::mutex& m = *new std::mutex;
  return m;
}
std::vector<Trace*>& idle() {
  static auto& v = *new std::vector<Trace*>;
  return v;
}
// A variable of the environment that makes no sense is the user's mistake, found before anything is
// recorded.
void check_knobs() {
  try {
    runtime::knobs();
  } catch (const std::invalid_argument& e) {
    throw c10::ValueError(e.what(), Location::none());
  }
}
}  // namespace

struct TraceOwner {
  ~TraceOwner() {
    std::lock_guard<std::mutex> lock(idle_mutex());
    if (Trace::current) idle().push_back(Trace::current);
    Trace::current = nullptr;
  }
};

void Trace::adopt() {
  check_knobs();
  thread_local TraceOwner owner;
  (void)owner;
  std::lock_guard<std::mutex> lock(idle_mutex());
  if (idle().empty()) {
    current = new Trace;
  } else {
    current = idle().back();
    idle().pop_back();
  }
}

void Trace::link(Node* node) {
  node->previous_root = last_root;
  node->next_root = nullptr;
  (last_root ? last_root->next_root : first_root) = node;
  last_root = node;
}

void Trace::unlink(Node* node) {
  (node->previous_root ? node->previous_root->next_root : first_root) = node->next_root;
  (node->next_root ? node->next_root->previous_root : last_root) = node->previous_root;
  node->previous_root = node->next_root = nullptr;
}

void* Pooled::operator new(size_t bytes) { return Trace::mine().allocate(bytes); }
void Pooled::operator delete(void* memory, size_t bytes) { Trace::mine().free(memory, bytes); }
}  // namespace record
}  // namespace torch
