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

// What is folded: how it is known again, what it reads, and the graph where it is not known yet.
struct Folding {
  std::shared_ptr<op::Graph> graph;
  std::vector<uint64_t> inputs, key;
  Type type;

  Folding(const Gathering& g, const Node* node) : key(g.key), type(node->type()) {
    const uint32_t number = number_of(g, node);
    key.push_back(number);
    for (const Node* input : g.inputs) inputs.push_back(input->immediate);
    key.insert(key.end(), inputs.begin(), inputs.end());
    if (folded().count(key)) return;
    graph = export_graph(g);
    graph->outputs = {absolute(number, inputs.size())};
  }
  Bytes compute() const {
    Bytes bytes{new_memory(type, Location::none())};
    std::vector<const void*> in;
    for (const uint64_t& input : inputs) in.push_back(&input);
    void* const out[] = {bytes.buffer->data()};
    reference::run(*graph, in.data(), out);
    return bytes;
  }
};
}  // namespace

optional<Bytes> known_or_folded(const Value& value) {
  Node* const node = value.get();
  optional<Folding> folding;
  {
    GraphLock lock;
    const State state = node->state.load(std::memory_order_relaxed);
    if (state == State::known) {
      if (node->buffer && is_gpu(home_of(node->buffer->device()))) return nullopt;
      return Bytes{node->buffer, node->immediate};
    }
    if (state != State::pending || !folds(node)) return nullopt;
    Gathering g;
    if (!Gatherer(g).add({node})) return nullopt;
    folding.emplace(g, node);
    if (!folding->graph) return folded()[folding->key];
  }
  try {
    Bytes bytes = folding->compute();
    GraphLock lock;
    folded()[std::move(folding->key)] = bytes;
    return bytes;
  } catch (const runtime::ValueError&) {
    return nullopt;  // an error of when it is evaluated
  }
}
}  // namespace record
}  // namespace torch
