// What a backward needs must still be there: not changed in place, not released by an earlier one.
#include <unordered_set>

#include "frontend/autograd/anomaly.h"
#include "frontend/autograd/names.h"
#include "frontend/autograd/recorded_node.h"
#include "frontend/autograd/saves.h"
#include "frontend/autograd/walk.h"
#include "frontend/record/ledger_inside.h"
#include "frontend/record/plan.h"
#include "frontend/record/record.h"
#include "frontend/record/saved.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/error.h"
#include "ir/op/message.h"

namespace torch {
namespace autograd {
using record::Kind;

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

namespace {
using Set = std::unordered_set<const record::Node*>;

// What the gradient code of `grad` had saved, as torch's nodes for it would: of the ops between its
// outputs and what it is taken with respect to.
void push_saved(const record::Node& grad, Nodes& met) {
  const auto outputs =
      static_cast<uint32_t>(op::attrs::grad(grad.signature->attrs).num_outputs);
  Set seen;
  Nodes between;
  for (uint32_t i = 2 * outputs; i < grad.num_operands; ++i) seen.insert(grad.operand(i));
  for (uint32_t i = 0; i < outputs; ++i) between.push_back(grad.operand(i));
  while (!between.empty()) {
    record::Node* node = between.back();
    between.pop_back();
    if (!node->carries || !seen.insert(node).second) continue;
    const bool op = node->kind == Kind::op;
    const Saves saves = op ? torch_saves(node->op(), record::carrying_operands(*node)) : Saves();
    if (saves.results) met.push_back(node);
    for (uint32_t i = 0; i < node->num_operands; ++i) {
      if (!node->operand(i)) continue;
      if (has(saves.operands, i)) met.push_back(node->operand(i));
      between.push_back(node->operand(i));
    }
  }
}

// Of the walk's nodes that are spent one that torch's walk, which knows a gradient's ops
// one by one, would come to; null: none.
const record::Node* find_spent(const Walk& walk, const Nodes& outputs) {
  const Set on_the_way(walk.nodes.begin(), walk.nodes.end());
  Set seen;
  Nodes met(outputs);
  while (!met.empty()) {
    record::Node* node = met.back();
    met.pop_back();
    if (!on_the_way.count(node) || !seen.insert(node).second) continue;
    const bool grad = node->kind == Kind::op && node->op() == op::Op::grad;
    if (node->spent.load(std::memory_order_relaxed) && (node->saves || grad)) return node;
    if (grad) {
      const auto outputs_of =
          static_cast<uint32_t>(op::attrs::grad(node->signature->attrs).num_outputs);
      for (uint32_t i = 0; i < outputs_of; ++i) met.push_back(node->operand(outputs_of + i));
      push_saved(*node, met);
    } else {
      for (uint32_t i = 0; i < num_sources(*node); ++i)
        if (record::Node* o = source(*node, i)) met.push_back(o);
    }
  }
  return nullptr;
}
}  // namespace

void check_saved(const Walk& walk, const Nodes& outputs, Location where) {
  bool any_spent = false;
  for (const record::Node* node : walk.nodes) {
    if (node->kind != Kind::op) continue;
    any_spent |= node->spent.load(std::memory_order_relaxed);
    if (record::gone_through(*node)) refuse_second_backward(where, by("", *node));
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
  if (!any_spent) return;
  if (const record::Node* node = find_spent(walk, outputs))
    refuse_second_backward(where, by("", *node));
}

void consume(const Walk& walk, bool gradient_has_graph) {
  for (record::Node* node : walk.nodes)
    if (node->kind == Kind::op)
      (gradient_has_graph ? node->spent : node->consumed).store(true, std::memory_order_relaxed);
}
}  // namespace autograd
}  // namespace torch
