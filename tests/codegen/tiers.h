/// Running a program in a tier, for tests.
#pragma once
#include "codegen/compile/compile.h"
#include "tests/ops/op_case.h"

namespace torch {
namespace test {

/// The outputs of the program; memory that nothing writes stays 0xa5.
inline std::vector<Bytes> run(const op::Graph& graph, codegen::Tier tier, const std::vector<Bytes>& inputs) {
  auto executable = codegen::compile(graph, tier);
  std::vector<const void*> in;
  for (const Bytes& b : inputs) in.push_back(b.data());
  std::vector<Bytes> outputs;
  std::vector<void*> out;
  for (const op::Type& t : executable->output_types) outputs.emplace_back(t.bytes(), 0xa5);
  for (Bytes& b : outputs) out.push_back(b.data());
  executable->run(in.data(), out.data());
  return outputs;
}
}  // namespace test
}  // namespace torch
