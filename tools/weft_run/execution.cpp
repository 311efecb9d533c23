#include "tools/weft_run/execution.h"

#include <chrono>

namespace weft_run {
namespace {
namespace history = torch::runtime::history;

class Runner {
 public:
  Runner(const torch::runtime::Executable& executable,
         const std::vector<torch::runtime::BufferRef>& inputs)
      : executable_(executable) {
    for (const auto& buffer : inputs) inputs_.push_back(buffer->data());
    for (const torch::op::Type& type : executable.output_types) {
      outputs.push_back(torch::runtime::allocate(type.bytes()));
      outputs_.push_back(outputs.back()->data());
    }
  }
  double run() {
    const auto start = std::chrono::steady_clock::now();
    executable_.run(inputs_.data(), outputs_.data());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  std::vector<torch::runtime::BufferRef> outputs;

 private:
  const torch::runtime::Executable& executable_;
  std::vector<const void*> inputs_;
  std::vector<void*> outputs_;
};

std::string located(const torch::op::Graph& graph, const torch::runtime::ValueError& error) {
  if (error.node >= graph.nodes.size()) return error.what();
  const torch::op::GraphNode& node = graph.nodes[error.node];
  const torch::op::SourceLocation& at = graph.locations[node.location];
  return at.file + ":" + std::to_string(at.line) + ": " + torch::op::name(node.op) + ": " +
         error.what();
}
}  // namespace

Execution execute(const torch::op::Graph& graph, torch::codegen::Tier tier,
                  const std::vector<torch::runtime::BufferRef>& inputs, int repeat,
                  const std::string& name) {
  const auto executable = torch::codegen::compile(graph, tier, {}, name);
  Execution result;
  result.summary = executable->summary;
  try {
    Runner runner(*executable, inputs);
    if (repeat > 1) runner.run();
    for (int i = 0; i < repeat; ++i) result.seconds.push_back(runner.run());
    const uint64_t first = history::count();
    history::enable(true);  // not while times are taken
    runner.run();
    history::enable(false);
    result.launches = history::entries(first);
    result.outputs = std::move(runner.outputs);
  } catch (const torch::runtime::ValueError& error) {
    throw std::runtime_error(located(graph, error));
  }
  return result;
}
}  // namespace weft_run
