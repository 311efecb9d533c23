#include "frontend/autograd/walk.h"

#include <algorithm>

#include "frontend/autograd/meta.h"
#include "frontend/autograd/anomaly_mode.h"
#include "frontend/autograd/recorded_node.h"
#include "frontend/record/flight.h"
#include "frontend/record/plan.h"
#include "frontend/record/trace.h"

namespace torch {
namespace autograd {
namespace {
using record::Kind;

struct Frame {
  record::Node* node;
  uint32_t next;
};

const Node* function_of(const record::Node& node) {
  return node.kind == Kind::data && node.anchor ? node.anchor->function.get() : nullptr;
}

bool retains(const record::Node& node) { return node.anchor && node.anchor->retains(); }

bool has_hooks(const record::Node& node) {
  return node.anchor && node.anchor->place.has_tensor_hooks();
}
}  // namespace

const void* callee(const record::Node& node) {
  if (node.kind == Kind::data) return function_of(node);
  const bool one_of_several = node.kind == Kind::projection;
  const record::Node& op = one_of_several ? *node.operand(0) : node;
  if (is_transparent(op) || (op.signature->results.size() > 1 && !one_of_several)) return nullptr;
  const bool hooked = op.anchor && !op.anchor->place.node_hooks.empty();
  return hooked || AnomalyMode::is_enabled() ? &op : nullptr;
}

uint32_t num_sources(const record::Node& node) {
  if (const Node* function = function_of(node))
    return static_cast<uint32_t>(Inside::places(*function).size());
  return node.num_operands;
}
record::Node* source(const record::Node& node, uint32_t i) {
  if (const Node* function = function_of(node))
    return static_cast<record::Node*>(Inside::places(*function)[i]);
  return node.operand(i);
}
namespace {
// False when something on the way is in flight.
bool try_walk(const Nodes& outputs, const Nodes& targets, const record::Gatherer& stamp, Walk& w) {
  for (record::Node* t : targets) {
    if (!stamp.touch(t)) return false;
    t->flags |= record::kWrt;
  }
  op::InlineVector<Frame, 32> stack;
  for (record::Node* output : outputs) {
    stack.push_back({output, 0});
    while (!stack.empty()) {
      Frame& frame = stack.back();
      record::Node* node = frame.node;
      if (frame.next == 0) {
        if (!stamp.touch(node)) return false;
        if (!node->carries || (node->flags & record::kHistory)) {
          stack.pop_back();
          continue;
        }
        node->flags |= record::kHistory;
      }
      if (frame.next < num_sources(*node)) {
        record::Node* operand = source(*node, frame.next++);
        if (operand && operand->carries) stack.push_back({operand, 0});
        continue;
      }
      stack.pop_back();
      const bool asked =
          callee(*node) || has_hooks(*node) || (!targets.empty() && retains(*node));
      const bool end = targets.empty() ? node->leaf || retains(*node) : node->flags & record::kWrt;
      bool reaches = end || (asked && targets.empty());
      if (end) w.ends.push_back(node);
      for (uint32_t i = 0; i < num_sources(*node); ++i)
        if (record::Node* o = source(*node, i); o && o->carries && (o->flags & record::kReach))
          reaches = true;
      // What was released by an earlier backward ends here: whether that matters, the check says.
      if (node->kind == Kind::op && record::gone_through(*node)) reaches = true;
      if (!reaches) continue;
      node->flags |= record::kReach;
      w.asks |= asked;
      node->shared |= node->trace != &record::Trace::mine();
      w.nodes.push_back(node);
    }
  }
  return true;
}
}  // namespace

Walk walk(const Nodes& outputs, const Nodes& targets, record::GraphLock& lock) {
  for (;;) {
    record::Gathering scratch;
    Walk w;
    if (try_walk(outputs, targets, record::Gatherer(scratch), w)) return w;
    record::wait_for(*scratch.busy, lock);
  }
}
}  // namespace autograd
}  // namespace torch
