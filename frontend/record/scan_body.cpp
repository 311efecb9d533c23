#include "frontend/record/scan_body.h"

#include <map>
#include <mutex>

#include "frontend/record/scope.h"

namespace torch {
namespace record {
namespace {

// Bodies by what they are made of. Those that only the table holds go when it grows beyond its
// bound.
class Bodies {
 public:
  template <class Make>
  std::shared_ptr<const op::Graph> find_or_make(std::vector<uint64_t> key,
                                                std::vector<SignatureRef> signatures, Make make) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (auto it = entries_.find(key); it != entries_.end()) return it->second.graph;
    if (entries_.size() >= bound_) sweep();
    std::shared_ptr<const op::Graph> graph = make();
    entries_.emplace(std::move(key), Entry{graph, std::move(signatures)});
    return graph;
  }

 private:
  struct Entry {
    std::shared_ptr<const op::Graph> graph;
    std::vector<SignatureRef> signatures;  // their ids are in the key
  };
  void sweep() {
    for (auto it = entries_.begin(); it != entries_.end();)
      it = it->second.graph.use_count() == 1 ? entries_.erase(it) : std::next(it);
    bound_ = std::max<size_t>(kBound, 2 * entries_.size());
  }
  static constexpr size_t kBound = 1024;
  size_t bound_ = kBound;
  std::mutex mutex_;
  std::map<std::vector<uint64_t>, Entry> entries_;
};

Bodies& bodies() {
  static Bodies& b = *new Bodies;  // outlives every static tensor
  return b;
}

// A position is part of the body.
bool is_literal(const Node& node) {
  return node.number_of_program && (node.literal || node.type().dtype == DType::Long);
}
op::Literal literal_of(const Node& node) {
  return {node.type().dtype, static_cast<int64_t>(node.immediate)};
}
// Projections stand for results of their parents.
Node* maker(Node* node) { return node->kind == Kind::projection ? node->operand(0) : node; }
}  // namespace

BodyGraph::BodyGraph(uint32_t id, const std::vector<Value>& arguments)
    : id_(id), arguments_(arguments) {
  for (uint32_t i = 0; i < arguments_.size(); ++i) {
    places_[arguments_[i].get()] = {Place::argument, i};
    depends_[arguments_[i].get()] = true;
  }
}

// Whether a node follows from the arguments; else it is computed before the loop.
bool BodyGraph::depends(Node* root) {
  std::vector<std::pair<Node*, uint32_t>> stack{{root, 0}};
  while (!stack.empty()) {
    auto& [node, next] = stack.back();
    if (next == 0) {
      const bool outside = node->kind == Kind::data || node->body != id_;
      if (outside) depends_.emplace(node, false);
      if (depends_.count(node)) {
        stack.pop_back();
        continue;
      }
    }
    if (next < node->num_operands) {
      Node* operand = node->operand(next++);
      if (operand) stack.emplace_back(operand, 0);
      continue;
    }
    bool any = false;
    for (uint32_t i = 0; i < node->num_operands; ++i)
      if (Node* o = node->operand(i)) any |= depends_[o];
    depends_[node] = any;
    stack.pop_back();
  }
  return depends_[root];
}

// Operands before their users.
void BodyGraph::find(Node* root) {
  std::vector<std::pair<Node*, uint32_t>> stack{{maker(root), 0}};
  while (!stack.empty()) {
    auto& [node, next] = stack.back();
    if (places_.count(node) || !depends(node)) {
      note(node);
      stack.pop_back();
    } else if (next < node->num_operands) {
      Node* operand = node->operand(next++);
      if (depends(operand)) stack.emplace_back(maker(operand), 0);
      else note(operand);
    } else {
      settle(node);
      stack.pop_back();
    }
  }
}

void BodyGraph::settle(Node* node) {
  places_[node] = {Place::inside, results_};
  results_ += static_cast<uint32_t>(node->signature->results.size());
  nodes_.push_back(node);
}

void BodyGraph::note(Node* operand) {
  if (places_.count(operand)) return;
  // Costs less to make again than to read.
  if (operand->kind == Kind::op && operand->op() == Op::constant) return settle(operand);
  if (is_literal(*operand)) {
    places_[operand] = {Place::literal, static_cast<uint32_t>(literals_.size())};
    literals_.push_back(operand);
  } else {
    places_[operand] = {Place::captured, static_cast<uint32_t>(captured_.size())};
    captured_.push_back(Value(operand));
  }
}

// As op::Graph counts: inputs, then the literals' constants, then the nodes' results.
uint32_t BodyGraph::number(Node* operand) const {
  const uint32_t arguments = static_cast<uint32_t>(arguments_.size()),
                 inputs = arguments + static_cast<uint32_t>(captured_.size()),
                 constants = inputs + static_cast<uint32_t>(literals_.size());
  const auto direct = places_.find(operand);
  const Place place = direct != places_.end() ? direct->second : places_.at(maker(operand));
  switch (place.kind) {
    case Place::argument: return place.index;
    case Place::captured: return arguments + place.index;
    case Place::literal: return inputs + place.index;
    default: return constants + place.index + operand->index;
  }
}

std::vector<uint64_t> BodyGraph::key(const std::vector<Value>& yielded) const {
  std::vector<uint64_t> words{arguments_.size(), captured_.size(), literals_.size(), nodes_.size()};
  for (const auto* inputs : {&arguments_, &captured_})
    for (const Value& v : *inputs) words.push_back(data_signature(v.type())->id);
  for (const Node* n : literals_) words.push_back(constant_signature(literal_of(*n), {})->id);
  for (const Node* n : nodes_) {
    words.push_back(n->signature->id);
    for (uint32_t i = 0; i < n->num_operands; ++i) words.push_back(number(n->operand(i)));
  }
  for (const Value& v : yielded) words.push_back(number(v.get()));
  return words;
}

std::shared_ptr<op::Graph> BodyGraph::build(const std::vector<Value>& yielded) const {
  auto graph = std::make_shared<op::Graph>();
  for (const auto* inputs : {&arguments_, &captured_})
    for (const Value& v : *inputs) graph->inputs.push_back(v.type());
  const auto add = [&](const Signature& s, Location where, const std::string* scope) -> auto& {
    op::GraphNode n;
    n.op = s.op;
    n.attrs = s.attrs;
    n.results.assign(s.results.begin(), s.results.end());
    n.no_grad = s.no_grad;
    n.body = s.body;
    n.location = static_cast<uint32_t>(graph->locations.size());
    graph->locations.push_back({where ? where.file() : "", where.line(), scope ? *scope : ""});
    graph->nodes.push_back(std::move(n));
    return graph->nodes.back();
  };
  for (const Node* n : literals_)
    add(*constant_signature(literal_of(*n), {}).get(), Location::none(), nullptr);
  for (const Node* n : nodes_) {
    op::GraphNode& made = add(*n->signature, n->where, n->scope);
    for (uint32_t i = 0; i < n->num_operands; ++i) made.operands.push_back(number(n->operand(i)));
  }
  for (const Value& v : yielded) graph->outputs.push_back(number(v.get()));
  return graph;
}

std::shared_ptr<const op::Graph> BodyGraph::yield(const std::vector<Value>& values) {
  for (const Value& v : values) find(v.get());
  std::vector<SignatureRef> signatures;
  for (const auto* inputs : {&arguments_, &captured_})
    for (const Value& v : *inputs) signatures.push_back(data_signature(v.type()));
  for (const Node* n : literals_) signatures.push_back(constant_signature(literal_of(*n), {}));
  for (const Node* n : nodes_) signatures.push_back(SignatureRef(n->signature));
  return bodies().find_or_make(key(values), std::move(signatures), [&] { return build(values); });
}
}  // namespace record
}  // namespace torch
