/// One backward over the record. Without anything that wants to be asked between, it is one
/// weft.grad. Hooks and functions of the program's cut it into segments: one weft.grad from where
/// gradients are known (seeds) to what they come to next, where they end (`cut`); then the hook or
/// the function is called, and what it gives are seeds again. Stops are passed in the order in which
/// their ops were recorded, last first: then all that comes to a stop has come when it is its turn.
#pragma once
#include <unordered_map>
#include <unordered_set>

#include "frontend/autograd/recorded_node.h"
#include "frontend/autograd/walk.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace autograd {

class Task {
 public:
  struct Options {
    bool create_graph = false;
    bool keep_graph = false;
    bool accumulate = true;  // what comes to leaves is added to their gradients
  };
  Task(const How& how, Options options) : how_(how), options_(options) {}
  /// From `ys` with their cotangents to the targets (walk.h).
  void run(const std::vector<record::Value>& ys, const std::vector<record::Value>& dys,
           const Nodes& targets);
  /// Whether the target was reached.
  bool reached(const record::Node* target) const;
  /// What came to a leaf, or to another target; null: nothing.
  record::Value gradient(const record::Node* target) const;

 private:
  // A place that is asked; a leaf by one of its reads.
  struct Stop {
    record::Node* node;
    uint64_t order;     // of the op: later ones first
    uint32_t position;  // operands are before their users; of a leaf: which operand it is
  };
  // A function, or an op with hooks, whose turn it is when all its results have had theirs.
  struct Call {
    std::shared_ptr<Node> function;
    std::vector<record::HeldValue> grads;
    uint32_t missing = 0;
  };
  enum class Way : uint8_t { passing, stop, passed };

  void set_out(const std::vector<record::Value>& ys, const Nodes& targets);
  void find_stops();
  void hold();
  // segments.cpp
  void seed(record::Node* y, const record::Value& dy);
  void look_ahead(record::Node* from);
  void push();
  void push(record::Home home, const std::vector<record::Value>& wrt,
            std::vector<record::HeldValue>& gradients);
  void arrive(record::Node* at, const record::Value& gradient);
  void add(record::HeldValue& sum, const record::Value& more);
  // stops.cpp
  void stop(record::Node* at);
  void finish_leaf(Meta* leaf);
  void pass(record::Node* at, record::Value gradient);
  void call(Call& call);
  void distribute(const Node& function, const variable_list& outputs,
                  const std::vector<bool>& wanted);
  const void* key(const record::Node* node) const {
    return node->leaf ? static_cast<const void*>(node->leaf) : node;
  }

  How how_;
  Options options_;
  Walk walk_;
  std::vector<record::Value> outputs_;
  std::vector<History> held_;   // what is on the way, while code of the program's runs
  std::vector<Stop> stops_;
  std::unordered_map<const record::Node*, Way> way_;
  std::unordered_map<const void*, Call> calls_;             // by callee
  // Gradients on their way are held, so that an evaluation meanwhile computes them with the rest of
  // their op.
  std::unordered_map<const void*, record::HeldValue> arrived_;  // by leaf, or by node
  std::unordered_set<const void*> finished_;                // leaves

  // The segment that is being gathered.
  std::vector<record::Value> seeds_;
  std::vector<record::HeldValue> seed_grads_;
  std::vector<record::Node*> ahead_;               // what it comes to
  std::unordered_set<const void*> ahead_keys_, seen_;
};
}  // namespace autograd
}  // namespace torch
