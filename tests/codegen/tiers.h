/// Running a program in a tier, for tests.
#pragma once
#include <algorithm>
#include <cstring>

#include "codegen/compile/compile.h"
#include "runtime/device/buffer.h"
#include "tests/ops/op_case.h"

namespace torch {
namespace test {

/// The outputs of the program, which runs on buffers of the allocator (WEFT_GUARD sees what lies
/// beside them); memory that nothing writes stays 0xa5.
inline std::vector<Bytes> run(const op::Graph& graph, codegen::Tier tier,
                              const std::vector<Bytes>& inputs) {
  auto executable = codegen::compile(graph, tier);
  std::vector<runtime::BufferRef> buffers;
  std::vector<const void*> in;
  std::vector<void*> out;
  for (const Bytes& b : inputs) {
    buffers.push_back(runtime::allocate(b.size()));
    std::copy(b.begin(), b.end(), static_cast<unsigned char*>(buffers.back()->data()));
    in.push_back(buffers.back()->data());
  }
  for (const op::Type& t : executable->output_types) {
    buffers.push_back(runtime::allocate(t.bytes()));
    out.push_back(std::memset(buffers.back()->data(), 0xa5, t.bytes()));
  }
  executable->run(in.data(), out.data());
  std::vector<Bytes> outputs;
  for (size_t o = 0; o < out.size(); ++o) {
    auto* bytes = static_cast<const unsigned char*>(out[o]);
    outputs.emplace_back(bytes, bytes + executable->output_types[o].bytes());
  }
  return outputs;
}
}  // namespace test
}  // namespace torch
