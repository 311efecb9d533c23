#include "frontend/autograd/task.h"

#include <algorithm>

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"

namespace torch {
namespace autograd {
namespace {

Nodes nodes_of(const std::vector<record::Value>& values) {
  Nodes nodes;
  for (const record::Value& v : values) nodes.push_back(v.get());
  return nodes;
}

uint64_t recorded_at(const record::Node& node) {
  if (node.kind == record::Kind::op) return node.sequence;
  if (node.kind == record::Kind::projection) return node.operand(0)->sequence;
  if (node.anchor && node.anchor->function) return node.anchor->function->sequence_nr();
  return 0;
}

bool has_hooks(const record::Node& node) {
  return node.leaf && (node.leaf->place.has_tensor_hooks() || !node.leaf->place.node_hooks.empty());
}
}  // namespace

void Task::run(const std::vector<record::Value>& ys, const std::vector<record::Value>& dys,
               const Nodes& targets) {
  set_out(ys, targets);
  if (walk_.nodes.empty()) return;
  AutoGradMode mode(options_.create_graph);
  for (size_t i = 0; i < ys.size(); ++i) arrive(ys[i].get(), dys[i]);
  if (!walk_.asks) {
    push();
    // Only once the gradient is recorded, which from then on holds what it needs: an evaluation
    // before that (the bound of the trace, another thread) would let go of it.
    if (!options_.keep_graph) consume(walk_, options_.create_graph);
  }
  for (const Stop& s : stops_) stop(s.node);
  push();
  if (walk_.asks && !options_.keep_graph) consume(walk_, options_.create_graph);
  for (record::Node* end : walk_.ends) {
    if (end->leaf) finish_leaf(end->leaf);
    else if (!walk_.asks) pass(end, gradient(end));
  }
}

void Task::set_out(const std::vector<record::Value>& ys, const Nodes& targets) {
  outputs_ = ys;
  record::GraphLock lock;
  const Nodes outputs = nodes_of(ys);
  walk_ = walk(outputs, targets, lock);
  check_saved(walk_, outputs, how_.where);
  find_stops();
  if (!walk_.asks) return;
  // Their histories must outlive what the program does meanwhile.
  std::vector<record::Value> nodes;
  for (record::Node* n : walk_.nodes) nodes.emplace_back(n);
  lock.native().unlock();
  for (const record::Value& v : nodes) held_.emplace_back(v);
  nodes.clear();
  lock.native().lock();
}

// Graph lock.
void Task::find_stops() {
  bool leaf_hooks = false;
  for (record::Node* end : walk_.ends) leaf_hooks |= has_hooks(*end);
  if (!walk_.asks && !leaf_hooks) return;
  std::unordered_map<const record::Node*, uint64_t> orders;
  std::unordered_map<const Meta*, Stop> leaves;
  const std::unordered_set<const record::Node*> ends(walk_.ends.begin(), walk_.ends.end());
  uint32_t position = 0;
  for (record::Node* n : walk_.nodes) {
    // Ops of several threads count apart; an op comes before its operands all the same.
    uint64_t order = recorded_at(*n);
    for (uint32_t i = 0; i < num_sources(*n); ++i)
      if (record::Node* o = source(*n, i); o && orders.count(o)) order = std::max(order, orders[o]);
    orders[n] = order;
    for (uint32_t i = 0; i < num_sources(*n); ++i) {
      record::Node* o = source(*n, i);
      if (!o || !o->leaf || !way_.count(o) || !has_hooks(*o)) continue;
      // The op that comes last gives it the rest of its gradient.
      Stop& stop = leaves.emplace(o->leaf, Stop{o, UINT64_MAX, 0}).first->second;
      if (order < stop.order) stop = {o, order, i};
    }
    way_[n] = Way::passing;
    if (n->leaf && has_hooks(*n)) leaves.emplace(n->leaf, Stop{n, UINT64_MAX, 0});
    ++position;
    const void* called = callee(*n);
    const bool asked =
        n->anchor && (n->anchor->place.has_tensor_hooks() || n->anchor->retains());
    if (!walk_.asks || n->leaf || !(ends.count(n) || asked || called)) continue;
    way_[n] = Way::stop;
    stops_.push_back({n, order, position});
    if (called) ++calls_[called].missing;
  }
  for (const auto& [leaf, stop] : leaves) stops_.push_back(stop);
  std::sort(stops_.begin(), stops_.end(), [](const Stop& a, const Stop& b) {
    if (a.order != b.order) return a.order > b.order;
    if (!a.node->leaf != !b.node->leaf) return !a.node->leaf;
    // Leaves of one op in the order of its operands.
    return a.node->leaf ? a.position < b.position : a.position > b.position;
  });
}

bool Task::reached(const record::Node* target) const {
  return std::find(walk_.ends.begin(), walk_.ends.end(), target) != walk_.ends.end();
}
record::Value Task::gradient(const record::Node* target) const {
  const auto at = arrived_.find(key(target));
  return at == arrived_.end() ? record::Value() : at->second.get();
}
}  // namespace autograd
}  // namespace torch
