/// Programs of a few ops, for tests that need certain sizes.
#pragma once
#include <stdexcept>

#include "tests/ops/op_case.h"

namespace torch {
namespace test {

struct SmallProgram {
  op::Graph graph;
  std::vector<Input> inputs;

  SmallProgram() { graph.locations.push_back({"program.cpp", 1, ""}); }
  uint32_t input(op::DType dtype, const op::Dims& sizes) {
    inputs.push_back({op::Type(dtype, sizes), Domain::in(-2, 2)});
    graph.inputs.push_back(inputs.back().type);
    return static_cast<uint32_t>(inputs.size()) - 1;
  }
  const op::Type& type(uint32_t value) const {
    const size_t n = graph.inputs.size();
    return value < n ? graph.inputs[value] : graph.nodes[value - n].results[0];
  }
  // All inputs come first.
  uint32_t add(op::Op which, std::vector<uint32_t> operands, const op::Attrs& attrs = {}) {
    std::vector<const op::Type*> types;
    for (uint32_t o : operands) types.push_back(&type(o));
    op::Types results;
    const std::string error = op::infer(which, {types.data(), types.size()}, attrs, results);
    if (!error.empty()) throw std::logic_error(error);
    graph.nodes.push_back({which, std::move(operands), attrs, results, 0, false, nullptr});
    return static_cast<uint32_t>(graph.inputs.size() + graph.nodes.size()) - 1;
  }
  uint32_t reduce(op::Op which, uint32_t x, const op::Dims& dims) {
    return add(which, {x}, op::attrs::sum::pack(dims));
  }
  // With the reduced dims as dims of size 1.
  uint32_t kept(uint32_t reduced, uint32_t like, const op::Dims& dims) {
    op::Dims sizes = type(like).dims;
    for (int64_t d : dims) sizes[static_cast<size_t>(d)] = 1;
    return add(op::Op::reshape, {reduced}, op::attrs::reshape::pack(sizes));
  }
};
}  // namespace test
}  // namespace torch
