/// What an evaluation gives back and what it lets go of: which values become known, which histories
/// stay and with what of their values, which inputs may be written over. Graph lock held.
#pragma once
#include "frontend/record/gather.h"

namespace torch {
namespace record {

/// What becomes of an edge when the op that has it is known.
enum class Fate : uint8_t { value, structure, dropped };

struct Plan {
  std::vector<Node*> outputs;  // pending nodes whose values are computed, in the order of the graph
  struct Kept {
    Node* op;                  // with several results; its gradient reads one that nobody else has
    uint16_t result;
  };
  std::vector<Kept> kept;
  void clear() {
    outputs.clear();
    kept.clear();
  }
};

struct Policy {
  bool leave_temporaries = true;  // false: all that tensors hold is computed (the end of a step)
  bool everything = true;         // nothing pending of this thread stays out
};
/// Decides, and sets kOutput, kLeft, kAlive and `releasing` of the gathered nodes.
void make_plan(Gathering& g, Plan& plan, Policy policy);
/// A backward without retain_graph went through it: no other may. The gradient that this one
/// recorded still needs what it had saved, until everything pending is evaluated.
bool gone_through(const Node& node);
/// Of operand `i` of a pending, gathered op that is not left.
Fate fate(const Node& node, uint32_t i);
/// Its own gradient reads its result (exp): the value stays although nobody else reads it, until
/// the op lets go of it.
bool reads_itself(const Node& known);
/// Whether the node's history is still there after the evaluation.
bool keeps_history(const Node& node);
}  // namespace record
}  // namespace torch
