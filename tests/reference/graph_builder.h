/// Makes op::Graphs in tests: result types by op::infer.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "ir/op/graph.h"

namespace torch {
namespace op {

class GraphBuilder {
 public:
  using Value = uint32_t;

  /// All inputs come before the first op.
  Value input(Type type) {
    if (!graph.nodes.empty()) throw std::logic_error("GraphBuilder: an input after an op");
    graph.inputs.push_back(type);
    types_.push_back(std::move(type));
    return static_cast<Value>(types_.size() - 1);
  }
  /// The first result; others follow it.
  Value add(Op op, std::vector<Value> operands, Attrs attrs = {}) {
    std::vector<const Type*> operand_types;
    for (Value v : operands) operand_types.push_back(&types_.at(v));
    Types results;
    const std::string error = infer(op, operand_types, attrs, results);
    if (!error.empty()) throw std::invalid_argument(std::string(op::name(op)) + ": " + error);
    return append(op, std::move(operands), std::move(attrs), std::move(results), nullptr);
  }
  Value scan(std::vector<Value> operands, Attrs attrs, Graph body) {
    std::vector<const Type*> operand_types;
    for (Value v : operands) operand_types.push_back(&types_.at(v));
    Types results, body_outputs;
    const std::vector<Type> all = value_types(body);
    for (uint32_t v : body.outputs) body_outputs.push_back(all[v]);
    const std::string error = infer_scan(operand_types, attrs, body.inputs, body_outputs, results);
    if (!error.empty()) throw std::invalid_argument("scan: " + error);
    return append(Op::scan, std::move(operands), std::move(attrs), std::move(results),
                  std::make_shared<const Graph>(std::move(body)));
  }
  void output(Value v) { graph.outputs.push_back(v); }
  const Type& type(Value v) const { return types_.at(v); }

  static std::vector<Type> value_types(const Graph& g) {
    std::vector<Type> all = g.inputs;
    for (const GraphNode& n : g.nodes) all.insert(all.end(), n.results.begin(), n.results.end());
    return all;
  }
  Graph graph;

 private:
  Value append(Op op, std::vector<Value> operands, Attrs attrs, Types results,
               std::shared_ptr<const Graph> body) {
    const Value first = static_cast<Value>(types_.size());
    types_.insert(types_.end(), results.begin(), results.end());
    GraphNode node;
    node.op = op;
    node.operands = std::move(operands);
    node.attrs = std::move(attrs);
    node.results = std::move(results);
    node.body = std::move(body);
    graph.nodes.push_back(std::move(node));
    return first;
  }
  std::vector<Type> types_;
};
}  // namespace op
}  // namespace torch
