/// A program as the recorder hands it over: a list of ops on numbered values, no MLIR. Values are
/// numbered: inputs first, then the results of the nodes in order.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "ir/op/op.h"

namespace torch {
namespace op {

/// Where the user wrote it. `scope` is the module path and composite, such as "net.conv1 (Conv2d)";
/// may be empty.
struct SourceLocation {
  std::string file;
  int line = 0;
  std::string scope;
};

struct GraphNode {
  Op op{};
  std::vector<uint32_t> operands;
  Attrs attrs;
  std::vector<Type> results;
  uint32_t location = 0;   // index into Graph::locations
  bool no_grad = false;    // recorded without grad: autodiff takes the results as constants
  std::shared_ptr<const struct Graph> body;  // weft.scan
};

struct Graph {
  std::vector<Type> inputs;
  std::vector<GraphNode> nodes;
  std::vector<uint32_t> outputs;
  std::vector<SourceLocation> locations;
};

inline Types output_types(const Graph& graph) {
  Types values = graph.inputs, outputs;
  for (const GraphNode& node : graph.nodes)
    values.insert(values.end(), node.results.begin(), node.results.end());
  for (uint32_t value : graph.outputs) outputs.push_back(values[value]);
  return outputs;
}
}  // namespace op
}  // namespace torch
