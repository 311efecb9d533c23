#include "frontend/record/graph_lock.h"

#include <condition_variable>

#include "frontend/record/flight.h"

namespace torch {
namespace record {
namespace {
// Neither is destroyed: tensors with static storage end late.
std::mutex& graph_mutex() {
  static std::mutex& m = *new std::mutex;
  return m;
}
std::condition_variable& landings() {
  static auto& c = *new std::condition_variable;
  return c;
}
void leave(Flight& flight) {
  if (--flight.references == 0) delete &flight;
}
}  // namespace

GraphLock::GraphLock() : lock_(graph_mutex()) {}

GraphLock::~GraphLock() {
  lock_.unlock();
  for (Node* node : released_) release(node);
}

void wait_for(Flight& flight, GraphLock& lock) {
  ++flight.references;
  landings().wait(lock.native(), [&] { return flight.landed; });
  leave(flight);
}

void land(Flight* flight, GraphLock&) {
  flight->landed = true;
  leave(*flight);
  landings().notify_all();
}
}  // namespace record
}  // namespace torch
