/// A flight is a set of nodes that one thread evaluates now. Others that want one of them wait for
/// it to land.
#pragma once
#include "frontend/record/graph_lock.h"

namespace torch {
namespace record {

struct Flight {
  uint32_t references = 1;  // graph lock, as all of it
  bool landed = false;
};
/// Gives up the lock until the flight has landed.
void wait_for(Flight& flight, GraphLock& lock);
/// Lets those who wait go on; gives the owner's reference back.
void land(Flight* flight, GraphLock& lock);
}  // namespace record
}  // namespace torch
