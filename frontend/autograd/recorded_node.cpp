#include "frontend/autograd/recorded_node.h"

#include <algorithm>

#include "frontend/autograd/accumulate.h"
#include "frontend/autograd/names.h"
#include "frontend/record/attach.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace autograd {
namespace {
record::Value op_of(const record::Value& v) {
  return v->kind == record::Kind::projection ? record::Value(v->operand(0)) : v;
}
}  // namespace

bool is_transparent(const record::Node& node) {
  return node.kind == record::Kind::op &&
         (node.op() == op::Op::cached || node.label == record::kLayout);
}

record::Node* source_of(record::Node* node) { return node ? record::made_by(node) : nullptr; }

namespace {
// x[i] is recorded as a slice without its dim: one op to autograd.
bool is_first_half(const record::Node& half, const record::Node& op) {
  return op.op() == Op::reshape && half.kind == record::Kind::op && half.op() == Op::slice &&
         half.label && half.label == op.label;
}
}  // namespace

InputMetadata metadata_of(const record::Node& value) {
  const op::Type& type = value.type();
  return {std::vector<int64_t>(type.dims.begin(), type.dims.end()), type.dtype,
          device_at(value.lives())};
}

Edge edge_to(const record::Value& v) {
  if (v->kind == record::Kind::data) {
    if (v->leaf) return {accumulator_of(v->leaf), 0};
    record::GraphLock lock;
    if (!v->anchor || !v->anchor->function) return {};
    return {v->anchor->function, v->anchor->index};
  }
  const uint32_t index = v->kind == record::Kind::projection ? v->index : 0;
  return {RecordedNode::of(v), index};
}

RecordedNode::RecordedNode(const record::Value& op) : Node(op->sequence), op_(op) {
  if (op->signature->results.size() > 1) results_.resize(op->signature->results.size());
}

std::shared_ptr<RecordedNode> RecordedNode::of(const record::Value& v) {
  const record::Value op = op_of(v);
  const auto made = std::make_shared<RecordedNode>(op);
  History result(v);
  record::GraphLock lock;
  std::weak_ptr<Node>& known = record::anchor_of(op.get(), lock).place.node;
  auto node = std::static_pointer_cast<RecordedNode>(known.lock());
  if (!node) known = node = made;
  if (!node->results_.empty() && !node->results_[v->index])
    std::swap(node->results_[v->index], result);
  return node;
}

std::string RecordedNode::name() const { return node_name(*op_.get()); }

uint32_t RecordedNode::num_inputs() const noexcept {
  return static_cast<uint32_t>(op_.get()->signature->results.size());
}

record::Value RecordedNode::result(uint32_t i) const {
  if (results_.empty()) return i == 0 ? record::Value(op_.get()) : record::Value();
  record::GraphLock lock;
  return i < results_.size() ? record::Value(results_[i].get()) : record::Value();
}

// Of each operand what made it; null where no gradient flows. Numbers are no operands to autograd.
std::vector<record::Value> RecordedNode::sources() const {
  std::vector<record::Value> sources;
  record::GraphLock lock;
  const record::Node& op = *op_.get();
  for (uint32_t i = 0; i < op.num_operands; ++i) {
    record::Node* o = source_of(op.operand(i));
    if (o && is_first_half(*o, op)) o = source_of(o->operand(0));
    if (o && o->number_of_program) continue;
    sources.emplace_back(o && o->carries ? o : nullptr);
  }
  return sources;
}

edge_list RecordedNode::next_edges() const {
  edge_list edges;
  for (const record::Value& v : sources()) edges.push_back(v ? edge_to(v) : Edge());
  return edges;
}

NodeHooks& RecordedNode::hooks() const {
  record::GraphLock lock;
  return record::anchor_of(op_.get(), lock).place.node_hooks;
}

// One op's gradient: what flows to an operand through another ends there.
variable_list RecordedNode::apply(variable_list&& grads) {
  const How how(op_.get()->where, nullptr, "backward");
  std::vector<record::Value> operands = sources(), wrt;
  for (size_t i = 0; i < operands.size(); ++i) {
    if (!operands[i]) continue;
    const auto same = [&](const record::Value& v) { return v.get() == operands[i].get(); };
    if (!task_should_compute_output(i) || std::any_of(wrt.begin(), wrt.end(), same)) {
      operands[i] = {};
    } else {
      wrt.push_back(operands[i]);
    }
  }
  std::vector<record::Value> ys, dys;
  for (size_t i = 0; i < grads.size(); ++i) {
    if (!grads[i].defined()) continue;
    ys.push_back(result(static_cast<uint32_t>(i)));
    dys.push_back(value_of(grads[i], how));
  }
  variable_list found(operands.size());
  if (ys.empty() || wrt.empty()) return found;
  op::InlineVector<record::Operand, 16> all;
  for (const auto* list : {&ys, &dys, &wrt})
    for (const record::Value& v : *list) all.push_back(v);
  const std::vector<record::Value> gradients = record::record_all(
      Op::grad, all, op::attrs::grad::pack(static_cast<int64_t>(ys.size()), true), how);
  size_t next = 0;
  for (size_t i = 0; i < operands.size(); ++i)
    if (operands[i]) found[i] = record::make_tensor(gradients[next++]);
  return found;
}
}  // namespace autograd
}  // namespace torch
