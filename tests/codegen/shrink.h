/// From a program on which two tiers differ to a small one that still shows it.
#pragma once
#include <functional>
#include <string>

#include "tests/ops/op_case.h"

namespace torch {
namespace test {

struct Program {
  op::Graph graph;
  std::vector<Bytes> inputs;
};

/// A program of few nodes for which `fails` holds, as it does for `program`: outputs are dropped,
/// values become inputs with the numbers that the reference tier gives them, nodes at the end give
/// way to their operands.
Program shrink(Program program, const std::function<bool(const Program&)>& fails);

/// The program as IR, and its inputs' numbers where they are few.
std::string to_text(const Program& program);
}  // namespace test
}  // namespace torch
