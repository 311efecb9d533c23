#include "frontend/record/fold.h"

#include <algorithm>
#include <map>

#include "frontend/record/export.h"
#include "frontend/record/gather.h"
#include "frontend/record/graph_lock.h"
#include "runtime/reference/reference.h"

namespace torch {
namespace record {
namespace {
// What is folded: at most so many nodes, elements, and nanoseconds in the reference tier.
constexpr size_t kMostNodes = 32;
constexpr int64_t kMostElements = 1024;
constexpr double kMostCost = 1e5;

bool may_fold(Op op) {
  switch (op) {
    case Op::grad:
    case Op::cached:
    case Op::scan:
    case Op::random_uniform:
    case Op::random_normal:
    case Op::random_bits: return false;
    default: return true;
  }
}

// Whether the value stands on numbers alone, and is cheap. Graph lock.
bool folds(Node* root) {
  std::vector<Node*> seen{root};
  double cost = 0;
  for (size_t i = 0; i < seen.size(); ++i) {
    Node* n = seen[i];
    const State state = n->state.load(std::memory_order_relaxed);
    if (n->kind == Kind::data && n->number_of_program && state == State::known) continue;
    if (state != State::pending || n->flight || n->type().numel() > kMostElements) return false;
    if (n->kind == Kind::op) {
      cost += n->signature->cost;
      if (!may_fold(n->op()) || cost > kMostCost) return false;
    }
    for (uint32_t o = 0; o < n->num_operands; ++o)
      if (std::find(seen.begin(), seen.end(), n->operand(o)) == seen.end())
        seen.push_back(n->operand(o));
    if (seen.size() > kMostNodes) return false;
  }
  return true;
}

// What was folded, by its graph and numbers. Graph lock.
using Folded = std::map<std::vector<uint64_t>, Bytes>;
Folded& folded() {
  static Folded& all = *new Folded;  // outlives every static tensor
  constexpr size_t kMost = 256;
  if (all.size() > kMost) all.clear();
  return all;
}

Bytes computed(const Gathering& g, Node* node) {
  const std::shared_ptr<op::Graph> graph = export_graph(g);
  graph->outputs = {absolute(number_of(g, node), g.inputs.size())};
  std::vector<const void*> inputs;
  for (const Node* input : g.inputs) inputs.push_back(input->bytes());
  Bytes bytes{new_memory(node->type(), Location::none())};
  void* const outputs[] = {bytes.buffer->data()};
  reference::run(*graph, inputs.data(), outputs);
  return bytes;
}
}  // namespace

optional<Bytes> known_or_folded(const Value& value) {
  Node* const node = value.get();
  GraphLock lock;
  const State state = node->state.load(std::memory_order_relaxed);
  if (state == State::known) return Bytes{node->buffer, node->immediate};
  if (state != State::pending || !folds(node)) return nullopt;
  Gathering g;
  if (!Gatherer(g).add({node})) return nullopt;
  std::vector<uint64_t> key = g.key;
  key.push_back(number_of(g, node));
  for (const Node* input : g.inputs) key.push_back(input->immediate);
  const auto found = folded().find(key);
  if (found != folded().end()) return found->second;
  try {
    return folded()[std::move(key)] = computed(g, node);
  } catch (const runtime::ValueError&) {
    return nullopt;  // an error of when it is evaluated
  }
}
}  // namespace record
}  // namespace torch
