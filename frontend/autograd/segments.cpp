// The segments of a backward: from seeds to what their gradients come to.
#include "frontend/autograd/task.h"

namespace torch {
namespace autograd {

void Task::arrive(record::Node* at, const record::Value& gradient) {
  const bool waits = at->leaf || (walk_.asks && way_.count(at) && way_[at] == Way::stop);
  if (!waits) return seed(at, gradient);
  add(arrived_[key(at)], gradient);
}

void Task::add(record::HeldValue& sum, const record::Value& more) {
  sum = record::HeldValue(sum ? record::record(Op::add, {sum.get(), more}, {}, how_) : more);
}

void Task::seed(record::Node* y, const record::Value& dy) {
  if (walk_.asks) {
    bool goes_on = false;
    record::GraphLock lock;
    for (uint32_t i = 0; i < num_sources(*y); ++i)
      if (record::Node* o = source(*y, i); o && o->carries && way_.count(o)) goes_on = true;
    if (!goes_on) return;
    look_ahead(y);
  }
  seeds_.emplace_back(y);
  seed_grads_.emplace_back(dy);
}

namespace {
// What the gradient of a weft.grad flows to: the gradients that it was given, and whatever lies
// between its outputs and what it is taken with respect to, for that is what its own code reads.
// A hook on one of those is no end: the code goes by the structure, which leads past it.
Nodes read_by_gradient(const record::Node& grad) {
  const op::attrs::grad attrs(grad.signature->attrs);
  const auto outputs = static_cast<uint32_t>(attrs.num_outputs);
  std::unordered_set<const record::Node*> leading;  // to what it is taken with respect to
  for (uint32_t i = 2 * outputs; i < grad.num_operands; ++i) leading.insert(grad.operand(i));
  const std::unordered_set<const record::Node*> ends =
      attrs.cut ? leading : std::unordered_set<const record::Node*>();
  Nodes reads;
  std::unordered_set<const record::Node*> seen;
  std::vector<std::pair<record::Node*, uint32_t>> stack;
  for (uint32_t i = 0; i < outputs; ++i) {
    stack.push_back({grad.operand(i), 0});
    while (!stack.empty()) {
      auto& [node, next] = stack.back();
      if (next == 0 && !seen.insert(node).second) {
        stack.pop_back();
      } else if (!ends.count(node) && next < node->num_operands) {
        record::Node* o = node->operand(next++);
        if (o && o->carries) stack.push_back({o, 0});
      } else {
        record::Node* const done = node;
        stack.pop_back();
        bool leads = leading.count(done);
        for (uint32_t k = 0; k < done->num_operands; ++k) leads |= leading.count(done->operand(k));
        if (leads) reads.push_back(done);
        if (!leads || ends.count(done)) continue;
        leading.insert(done);
        for (uint32_t k = 0; k < done->num_operands; ++k)
          if (done->operand(k)) reads.push_back(done->operand(k));
      }
    }
    reads.push_back(grad.operand(outputs + i));
  }
  return reads;
}
}  // namespace

// Down to the next stops. Graph lock.
void Task::look_ahead(record::Node* from) {
  std::vector<record::Node*> stack{from};
  const auto come_to = [&](record::Node* o) {
    if (!o || !o->carries || !way_.count(o) || !seen_.insert(o).second) return;
    if (!o->leaf && way_[o] != Way::stop) return stack.push_back(o);
    ahead_.push_back(o);
    ahead_keys_.insert(key(o));
  };
  while (!stack.empty()) {
    const record::Node& node = *stack.back();
    stack.pop_back();
    if (node.kind == record::Kind::op && node.op() == Op::grad) {
      for (record::Node* o : read_by_gradient(node)) come_to(o);
      continue;
    }
    for (uint32_t i = 0; i < node.num_operands; ++i) come_to(node.operand(i));
  }
}

void Task::push() {
  if (seeds_.empty()) return;
  record::Homes homes = 0;
  for (const record::Value& y : seeds_) homes |= record::bit_of(y->lives());
  std::vector<record::Value> wrt;
  if (walk_.asks) {
    for (record::Node* n : ahead_) wrt.emplace_back(n);
  } else {
    for (record::Node* n : walk_.ends) wrt.emplace_back(n);
  }
  std::vector<record::HeldValue> gradients(wrt.size());
  // A graph is of one device; between devices lies a function (to_copy.h).
  for (record::Home home = 0; homes >> home; ++home)
    if (homes & record::bit_of(home)) push(home, wrt, gradients);
  seeds_.clear();
  seed_grads_.clear();
  ahead_.clear();
  ahead_keys_.clear();
  seen_.clear();
  for (size_t i = 0; i < wrt.size(); ++i)
    if (gradients[i]) add(arrived_[key(wrt[i].get())], gradients[i].get());
}

void Task::push(record::Home home, const std::vector<record::Value>& wrt,
                std::vector<record::HeldValue>& gradients) {
  op::InlineVector<record::Operand, 16> operands;
  std::vector<size_t> places;
  for (const record::Value& v : seeds_)
    if (v->lives() == home) operands.push_back(v);
  const auto outputs = static_cast<int64_t>(operands.size());
  for (size_t i = 0; i < seeds_.size(); ++i)
    if (seeds_[i]->lives() == home) operands.push_back(seed_grads_[i].get());
  for (size_t i = 0; i < wrt.size(); ++i) {
    if (wrt[i]->lives() != home) continue;
    operands.push_back(wrt[i]);
    places.push_back(i);
  }
  if (places.empty()) return;
  const std::vector<record::Value> all = record::record_all(
      Op::grad, operands, op::attrs::grad::pack(outputs, walk_.asks), how_);
  for (size_t i = 0; i < places.size(); ++i) gradients[places[i]] = record::HeldValue(all[i]);
}
}  // namespace autograd
}  // namespace torch
