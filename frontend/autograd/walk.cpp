#include "frontend/autograd/walk.h"

#include <algorithm>

#include "frontend/autograd/meta.h"
#include "frontend/autograd/names.h"
#include "frontend/autograd/anomaly.h"
#include "frontend/autograd/anomaly_mode.h"
#include "frontend/autograd/recorded_node.h"
#include "frontend/autograd/saves.h"
#include "frontend/record/flight.h"
#include "frontend/record/plan.h"
#include "frontend/record/ledger_inside.h"
#include "frontend/record/record.h"
#include "frontend/record/saved.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/error.h"
#include "ir/op/message.h"

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
      if (node->kind == Kind::op && record::lets_go(*node)) reaches = true;
      if (!reaches) continue;
      node->flags |= record::kReach;
      w.asks |= asked;
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

void refuse_second_backward(Location where, const std::string& by) {
  throw c10::Error(
      "Trying to backward through the graph a second time (or directly access saved tensors after "
      "they have already been freed). Saved intermediate values of the graph are freed when you "
      "call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward "
      "through the graph a second time or if you need to access saved tensors after calling "
      "backward." + by,
      record::located(where));
}

void refuse_modified(const op::Type& type, const record::Node* value, uint32_t now,
                     uint32_t expected, Location where, const std::string& by) {
  std::string origin;
  if (value && value->carries && value->kind != Kind::data)
    origin = ", which is output " + std::to_string(value->index) + " of " +
             name_in_errors(*value) + ",";
  throw c10::Error(
      std::string("one of the variables needed for gradient computation has been modified by an "
                  "inplace operation: [CPU") +
          op::enum_name(type.dtype) + "Type " + op::brackets(type.dims) + "]" + origin +
          " is at version " + std::to_string(now) + "; expected version " +
          std::to_string(expected) +
          " instead. Hint: enable anomaly detection to find the operation that failed to compute "
          "its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False)." + by,
      record::located(where));
}

namespace {
std::string by(const char* what, const record::Node& node) {
  return std::string(" (") + what + node_name(node) + " of " + record::text(node.where) + ")";
}
}  // namespace

void check_saved(const Walk& walk, Location where) {
  for (const record::Node* node : walk.nodes) {
    if (node->kind != Kind::op) continue;
    if (record::lets_go(*node)) refuse_second_backward(where, by("", *node));
    if (!node->saved) continue;
    for (const record::SavedVersions::Item& item : node->saved->items) {
      const uint32_t now = item.counter->version.load(std::memory_order_relaxed);
      if (now == item.version) continue;
      const bool result = item.operand < 0;
      const size_t i = result ? 0 : static_cast<size_t>(item.operand);
      warn_of_origin(*node, where);
      refuse_modified(result ? node->type() : node->signature->operands[i],
                      result ? node : source_of(node->operand(i)), now, item.version, where,
                      by("saved by ", *node));
    }
  }
}

void consume(const Walk& walk) {
  for (record::Node* node : walk.nodes)
    if (node->kind == Kind::op) node->consumed.store(true, std::memory_order_relaxed);
}
}  // namespace autograd
}  // namespace torch
