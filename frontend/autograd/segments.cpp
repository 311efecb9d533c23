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

// Down to the next stops. Graph lock.
void Task::look_ahead(record::Node* from) {
  std::vector<record::Node*> stack{from};
  while (!stack.empty()) {
    const record::Node& node = *stack.back();
    stack.pop_back();
    for (uint32_t i = 0; i < node.num_operands; ++i) {
      record::Node* o = node.operand(i);
      if (!o || !o->carries || !way_.count(o) || !seen_.insert(o).second) continue;
      if (!o->leaf && way_[o] != Way::stop) {
        stack.push_back(o);
        continue;
      }
      ahead_.push_back(o);
      ahead_keys_.insert(key(o));
    }
  }
}

void Task::push() {
  if (seeds_.empty()) return;
  std::vector<record::Value> wrt;
  if (walk_.asks) {
    for (record::Node* n : ahead_) wrt.emplace_back(n);
  } else {
    for (record::Node* n : walk_.ends) wrt.emplace_back(n);
  }
  op::InlineVector<record::Operand, 16> operands;
  for (const record::Value& v : seeds_) operands.push_back(v);
  for (const record::HeldValue& v : seed_grads_) operands.push_back(v.get());
  for (const record::Value& v : wrt) operands.push_back(v);
  const auto attrs = op::attrs::grad::pack(static_cast<int64_t>(seeds_.size()), walk_.asks);
  std::vector<record::HeldValue> gradients;
  if (!wrt.empty())
    for (record::Value& v : record::record_all(Op::grad, operands, attrs, how_))
      gradients.emplace_back(std::move(v));
  seeds_.clear();
  seed_grads_.clear();
  ahead_.clear();
  ahead_keys_.clear();
  seen_.clear();
  for (size_t i = 0; i < wrt.size(); ++i) add(arrived_[key(wrt[i].get())], gradients[i].get());
}
}  // namespace autograd
}  // namespace torch
