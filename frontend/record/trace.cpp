#include "frontend/record/trace.h"

#include <mutex>
#include <stdexcept>
#include <vector>

#include "frontend/tensor/error.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace record {

thread_local Trace* Trace::current = nullptr;

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
// A variable of the environment that makes no sense is the user's mistake, found before anything is recorded.
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

void* Trace::allocate(size_t bytes) {
  const size_t c = (bytes - 1) / kUnit;
  if (c < kClasses)
    if (void* p = free_[c].take()) return p;
  return ::operator new(c < kClasses ? (c + 1) * kUnit : bytes);
}

void Trace::free(void* memory, size_t bytes) {
  const size_t c = (bytes - 1) / kUnit;
  if (c >= kClasses || !free_[c].give(memory)) ::operator delete(memory);
}
}  // namespace record
}  // namespace torch
