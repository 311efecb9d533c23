/// Running a program on a GPU, or on what stands in for one (WEFT_CUDA=emulate), for tests.
#pragma once
#include <cmath>
#include <cstring>

#include "codegen/compile/compile.h"
#include "runtime/device/buffer.h"
#include "runtime/device/copy.h"
#include "tests/ops/op_case.h"

namespace torch {
namespace test {

constexpr runtime::DeviceId kGpu{c10::DeviceType::CUDA, 0};

/// The outputs of the program; memory that nothing writes stays 0xa5.
inline std::vector<Bytes> run_on_gpu(const op::Graph& graph, const std::vector<Bytes>& inputs) {
  auto executable = codegen::compile(graph, codegen::Tier::compile, {kGpu});
  std::vector<runtime::BufferRef> buffers;
  std::vector<const void*> in;
  std::vector<void*> out;
  auto put = [&](const Bytes& bytes) {
    buffers.push_back(runtime::allocate(bytes.size(), kGpu));
    runtime::copy(buffers.back()->data(), kGpu, bytes.data(), {}, bytes.size());
    return buffers.back()->data();
  };
  for (const Bytes& b : inputs) in.push_back(put(b));
  for (const op::Type& t : executable->output_types) out.push_back(put(Bytes(t.bytes(), 0xa5)));
  executable->run(in.data(), out.data());
  std::vector<Bytes> outputs;
  for (size_t o = 0; o < out.size(); ++o) {
    outputs.emplace_back(executable->output_types[o].bytes());
    runtime::copy(outputs.back().data(), {}, out[o], kGpu, outputs.back().size());
  }
  return outputs;
}

/// Where two arrays differ by more than a rounding of `scale` (of the largest element) allows.
inline std::string far(const op::Type& type, const Bytes& a, const Bytes& b, double tolerance) {
  double largest = 1;
  const size_t n = static_cast<size_t>(type.numel());
  for (size_t i = 0; i < n; ++i) {
    const double x = std::fabs(element(a, type.dtype, i));
    if (std::isfinite(x)) largest = std::max(largest, x);
  }
  for (size_t i = 0; i < n; ++i) {
    const double x = element(a, type.dtype, i), y = element(b, type.dtype, i);
    if (x == y || (std::isnan(x) && std::isnan(y)) || std::fabs(x - y) <= tolerance * largest)
      continue;
    char text[96];
    std::snprintf(text, sizeof text, "element %zu: %.17g and %.17g", i, x, y);
    return text;
  }
  return "";
}
/// What sums of another order may differ by.
inline double tolerance(op::DType dtype) {
  switch (dtype) {
    case op::DType::Double: return 1e-13;
    case op::DType::Float: return 2e-6;
    case op::DType::Half: return 2e-3;
    case op::DType::BFloat16: return 1.6e-2;
    default: return 0;
  }
}
}  // namespace test
}  // namespace torch
