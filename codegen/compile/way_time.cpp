#include "codegen/compile/way_time.h"

#include <algorithm>

#include "codegen/compile/kernels.h"
#include "ir/interface/convert.h"
#include "runtime/cuda/device.h"
#include "runtime/cuda/driver.h"
#include "runtime/cuda/launch_graph.h"
#include "runtime/device/buffer.h"

namespace mlir::weft {
namespace {
namespace rt = ::torch::runtime;

constexpr double kRoundMs = 0.3;  // of runs between two events
constexpr int kRounds = 3, kMostRuns = 20;

// Memory of a value: small numbers; zeros where they may be indices.
rt::BufferRef filled(const ::torch::op::Type& type, const rt::cuda::Device& device) {
  constexpr unsigned char kSmallNumbers = 0x3c;
  rt::BufferRef buffer =
      rt::allocate(std::max<size_t>(type.bytes(), 1),
                   {c10::DeviceType::CUDA, static_cast<int8_t>(device.index)});
  const unsigned char byte = ::torch::op::is_float(type.dtype) ? kSmallNumbers : 0;
  const auto at = reinterpret_cast<rt::cuda::CUdeviceptr>(buffer->data());
  rt::cuda::check(device.driver.cuMemsetD8Async(at, byte, type.bytes(), device.stream),
                  "preparing a measurement");
  return buffer;
}
}  // namespace

std::optional<double> timeOf(KernelOp kernel, const Lowered& lowered, int index) {
  rt::cuda::Device& device = rt::cuda::Device::get(index);
  OwningOpRef<ModuleOp> program = programOf(kernel);
  auto main = *program->getOps<func::FuncOp>().begin();
  try {
    rt::cuda::LaunchGraph graph(
        planBuffers(main, LoweredKernel{*main.getOps<KernelOp>().begin(), lowered}), index);
    std::vector<rt::BufferRef> memory;
    std::vector<const void*> inputs;
    std::vector<void*> outputs;
    const auto make = [&](const ::torch::op::Type& type) {
      memory.push_back(filled(type, device));
      return memory.back()->data();
    };
    for (const ::torch::op::Type& type : graph.input_types) inputs.push_back(make(type));
    for (const ::torch::op::Type& type : graph.output_types) outputs.push_back(make(type));
    const auto timed = [&](int runs) {
      const double ms = device.timed([&] {
        for (int i = 0; i < runs; ++i) graph.launch(inputs.data(), outputs.data(), {});
      });
      return ms / runs;
    };
    timed(2);  // code is loaded, a graph of several launches is made
    double best = timed(1);
    const int runs = std::clamp(static_cast<int>(kRoundMs / std::max(best, 1e-3)), 1, kMostRuns);
    for (int round = 0; round < kRounds; ++round) best = std::min(best, timed(runs));
    return best;
  } catch (const rt::OutOfMemory&) {
    return std::nullopt;
  }
}
}  // namespace mlir::weft
