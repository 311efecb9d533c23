/// A function of a .mlir file, for running.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "ir/op/graph.h"

namespace weft_run {

/// The parser's messages, "f.mlir:3:8: error: ...", complete with lines.
struct Diagnostics : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Program {
  torch::op::Graph graph;
  // of the arguments, as the file spells them ("%x"); "" where there is none
  std::vector<std::string> names;
};

/// Throws Diagnostics for a file that does not parse or verify, or that is no graph;
/// std::runtime_error for one that cannot be read or lacks the function.
Program read_program(const std::string& path, const std::string& function);
}  // namespace weft_run
