/// From what the body of a loop recorded to a graph of its own. Bodies are interned: the same steps
/// recorded again are one object, so that the graph they are in is known again.
#pragma once
#include <memory>
#include <unordered_map>
#include <vector>

#include "frontend/record/node.h"
#include "ir/op/graph.h"

namespace torch {
namespace record {

class BodyGraph {
 public:
  /// The body `id` of the trace, whose arguments are these.
  BodyGraph(uint32_t id, const std::vector<Value>& arguments);
  /// The graph that yields these. Its inputs are the arguments, then `captured()`.
  std::shared_ptr<const op::Graph> yield(const std::vector<Value>& values);
  /// Values from outside, in the order of the graph's inputs.
  const std::vector<Value>& captured() const { return captured_; }

 private:
  bool depends(Node* root);
  void find(Node* root);
  void settle(Node* node);
  void note(Node* operand);
  uint32_t number(Node* operand) const;
  std::vector<uint64_t> key(const std::vector<Value>& yielded) const;
  std::shared_ptr<op::Graph> build(const std::vector<Value>& yielded) const;

  struct Place {
    enum Kind : uint8_t { argument, captured, literal, inside } kind;
    uint32_t index;  // among its kind; of what is inside, of its first result
  };
  uint32_t id_;
  std::vector<Value> arguments_, captured_;
  std::vector<const Node*> literals_, nodes_;  // nodes: operands first
  uint32_t results_ = 0;
  std::unordered_map<const Node*, Place> places_;
  std::unordered_map<const Node*, bool> depends_;
};
}  // namespace record
}  // namespace torch
