/// Where a graph runs. Tiny and new: the reference tier. What repeats, or is large: compiled.
#pragma once
#include "frontend/record/graph_cache.h"

namespace torch {
namespace record {

struct Chosen {
  std::shared_ptr<const Variant> variant;
  bool reference = false;
  bool made = false;  // it was not there before
  const char* why = nullptr;  // made although the graph was known: a literal
};
/// An executable that gives `outputs` (value numbers, ascending). Makes one if need be. No lock
/// held.
Chosen choose(CachedGraph& graph, const std::vector<uint32_t>& outputs);
/// What a run took.
void account(CachedGraph& graph, const Chosen& chosen, double nanoseconds);
}  // namespace record
}  // namespace torch
