#include "frontend/autograd/walk.h"

#include <algorithm>

#include "frontend/autograd/meta.h"
#include "frontend/autograd/names.h"
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
}  // namespace

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
      if (frame.next < node->num_operands) {
        record::Node* operand = node->operand(frame.next++);
        if (operand && operand->carries) stack.push_back({operand, 0});
        continue;
      }
      stack.pop_back();
      const bool leaf = node->kind == Kind::data || (node->leaf && node->leaf->retains_grad);
      bool reaches = targets.empty() ? leaf : bool(node->flags & record::kWrt);
      if (leaf && (targets.empty() || reaches)) w.leaves.push_back(node);
      for (uint32_t i = 0; i < node->num_operands; ++i)
        if (record::Node* o = node->operand(i); o && o->carries && (o->flags & record::kReach))
          reaches = true;
      // What was released by an earlier backward ends here: whether that matters, the check says.
      if (node->kind == Kind::op && record::lets_go(*node)) reaches = true;
      if (!reaches) continue;
      node->flags |= record::kReach;
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

void check_saved(const Walk& walk, Location where) {
  for (const record::Node* node : walk.nodes) {
    if (node->kind != Kind::op) continue;
    if (record::lets_go(*node))
      throw c10::Error(
          "Trying to backward through the graph a second time (or directly access saved tensors "
          "after they have already been "
          "freed). Saved intermediate values of the graph are freed when you call .backward() or "
          "autograd.grad(). Specify "
          "retain_graph=True if you need to backward through the graph a second time or if you "
          "need to access saved tensors "
          "after calling backward. (" +
              node_name(*node) + " of " + record::text(node->where) + ")",
          record::located(where));
    if (!node->saved) continue;
    for (const record::SavedVersions::Item& item : node->saved->items) {
      const uint32_t now = item.counter->version.load(std::memory_order_relaxed);
      if (now == item.version) continue;
      const record::Node* value =
          item.operand < 0 ? node : node->operand(static_cast<size_t>(item.operand));
      const op::Type type = item.operand < 0
                                ? node->type()
                                : node->signature->operands[static_cast<size_t>(item.operand)];
      std::string origin;
      if (value && value->carries && value->kind != Kind::data)
        origin =
            ", which is output " + std::to_string(value->index) + " of " + node_name(*value) + ",";
      throw c10::Error(
          "one of the variables needed for gradient computation has been modified by an inplace "
          "operation: [CPU" +
              op::enum_name(type.dtype) + "Type " + op::brackets(type.dims) + "]" + origin +
              " is at version " + std::to_string(now) + "; expected version " +
              std::to_string(item.version) +
              " instead. Hint: enable anomaly detection to find the operation that failed to "
              "compute its gradient, with "
              "torch.autograd.set_detect_anomaly(True). (saved by " +
              node_name(*node) + " of " + record::text(node->where) + ")",
          record::located(where));
    }
  }
}

void consume(const Walk& walk) {
  for (record::Node* node : walk.nodes)
    if (node->kind == Kind::op) node->consumed.store(true, std::memory_order_relaxed);
}
}  // namespace autograd
}  // namespace torch
