/// A gathering as a program for the compiler.
#pragma once
#include <memory>

#include "frontend/record/gather.h"
#include "ir/op/graph.h"

namespace torch {
namespace record {
/// Without outputs; value numbers below are those of `Gathering::numbers` made absolute by
/// `absolute`.
std::shared_ptr<op::Graph> export_graph(const Gathering& g);
/// A value number as op::Graph counts: inputs first.
inline uint32_t absolute(uint32_t number, size_t num_inputs) {
  return number & kInput ? number & ~kInput : static_cast<uint32_t>(num_inputs) + number;
}
}  // namespace record
}  // namespace torch
