/// Between the record and the graph of gradients that a program sees.
#pragma once
#include "frontend/autograd/meta.h"
#include "frontend/autograd/node.h"
#include "frontend/record/graph_lock.h"

namespace torch {
namespace autograd {

/// Keeps a node's history, not its value.
class History {
 public:
  History() = default;
  explicit History(const record::Value& v) : node_(v.get()) {
    if (!node_) return;
    record::retain(node_);
    record::weaken(node_);
  }
  History(History&& o) noexcept : node_(std::exchange(o.node_, nullptr)) {}
  History& operator=(History&& o) noexcept {
    std::swap(node_, o.node_);
    return *this;
  }
  ~History() {
    if (node_) record::release_structure(node_);
  }
  record::Node* get() const { return node_; }
  explicit operator bool() const { return node_; }
  record::Node* take() { return std::exchange(node_, nullptr); }

 private:
  record::Node* node_ = nullptr;
};

/// An op of the record.
struct RecordedNode : Node {
  explicit RecordedNode(const record::Value& op);
  /// The one of the op that made the value.
  static std::shared_ptr<RecordedNode> of(const record::Value& v);
  std::string name() const override;
  uint32_t num_inputs() const noexcept override;
  edge_list next_edges() const override;
  /// The value of a result, if the program has or had it.
  record::Value result(uint32_t i) const;

 protected:
  variable_list apply(variable_list&& grads) override;
  NodeHooks& hooks() const override;

 private:
  friend struct Inside;
  std::vector<record::Value> sources() const;
  History op_;
  std::vector<History> results_;  // of an op with several; graph lock
};

/// What is no op of the program's: the value of one with other bytes, or otherwise in memory.
bool is_transparent(const record::Node& node);
/// What made the value as the program sees it.
record::Node* source_of(record::Node* node);
/// The edge through which gradients come to a value that carries them.
Edge edge_to(const record::Value& v);
/// What a gradient comes to a value as.
InputMetadata metadata_of(const record::Node& value);

/// The rooms of a Node that a program does not see.
struct Inside {
  static const std::vector<void*>& places(const Node& n) { return n.places_; }
  /// Of each output the node that its gradient is of; null: no gradient flows there.
  static std::vector<record::Node*> sources(const Node& n);
  /// Of a RecordedNode; else null.
  static const record::Node* op(const Node& n);
  static NodeHooks& hooks(const Node& n) { return n.hooks(); }
  /// The function with these operands, whose edges and places are known.
  static void set_sources(Node& n, const std::vector<record::Value>& sources);
};

/// A call of a node by a backward: which of its outputs are wanted, until it returns.
class Calling {
 public:
  Calling(const Node* node, const std::vector<bool>& wanted);
  ~Calling();
  Calling(const Calling&) = delete;
  static bool wants(const Node* node, size_t i, bool otherwise);

 private:
  const Node* node_;
  const std::vector<bool>& wanted_;
  const Calling* outer_;
};
}  // namespace autograd
}  // namespace torch
