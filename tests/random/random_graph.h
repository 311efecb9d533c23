/// Random programs that are right by construction: every op of the table on operands of all shapes
/// and element types, indices and starts in range. One seed is one program, on every machine. Tests
/// run them in two ways (tiers, before and after a pass, fused and not) and compare bits.
#pragma once
#include <functional>
#include <vector>

#include "tests/ops/op_case.h"

namespace torch {
namespace test {

struct RandomOptions {
  int nodes = 24;                 // about so many
  int64_t max_elements = 600;     // of a value
  bool specials = true;           // inputs hold infinities, nans, zeros of both signs
  bool empty = true;              // dims of size 0
  bool scans = true;
  bool gradients = false;         // ends in one weft.grad, or a weft.grad of it
  std::vector<op::DType> dtypes;  // of what is computed with; none: all, float most of the time
  std::function<bool(op::Op)> allowed;  // all by default
};

struct RandomProgram {
  op::Graph graph;
  std::vector<Input> inputs;      // of the graph, with what they may hold

  std::vector<Bytes> draw(uint64_t seed) const { return draw_inputs(inputs, seed); }
};

RandomProgram random_program(uint64_t seed, const RandomOptions& options = {});
}  // namespace test
}  // namespace torch
