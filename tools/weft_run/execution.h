/// Compiling a graph and running it, watched.
#pragma once
#include <string>
#include <vector>

#include "codegen/compile/compile.h"
#include "runtime/device/buffer.h"
#include "runtime/trace/history.h"

namespace weft_run {

struct Execution {
  std::vector<torch::runtime::BufferRef> outputs;
  torch::runtime::Executable::Summary summary;
  std::vector<double> seconds;                            // of each timed run
  std::vector<torch::runtime::history::Entry> launches;   // of one more run
};

/// Compiles `graph` for `tier` and runs it `repeat` times; `name` is that of dumped files. An error
/// that only values show is a std::runtime_error with the op's line.
Execution execute(const torch::op::Graph& graph, torch::codegen::Tier tier,
                  const std::vector<torch::runtime::BufferRef>& inputs, int repeat,
                  const std::string& name);
}  // namespace weft_run
