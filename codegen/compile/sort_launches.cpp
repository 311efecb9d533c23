#include "codegen/compile/sort_launches.h"

#include "codegen/cuda/argsort/argsort.h"

namespace mlir::weft {
namespace {
LoweredLaunch launchOf(KernelOp kernel) {
  LoweredLaunch launch;
  launch.name = kernelName(kernel);
  launch.kind = "call";
  launch.threads = cuda::Argsort::kThreads;
  return launch;
}
}  // namespace

void addArgsort(KernelOp kernel, const ::torch::op::Type& x, int64_t dim, bool descending,
                int64_t count, LocalBuffer from, LocalBuffer to, Lowered& lowered) {
  const cuda::Argsort plan = cuda::planArgsort(x, dim, descending, count);
  LoweredLaunch launch = launchOf(kernel);
  launch.key = plan.key;
  launch.write = [dtype = x.dtype, descending, wide = plan.wide](StringRef name, bool) {
    return FailureOr<cuda::Text>(cuda::argsortText(name, dtype, descending, wide));
  };
  launch.buffers = {from, to, lowered.addTemporary(static_cast<size_t>(plan.valueBytes)),
                    lowered.addTemporary(static_cast<size_t>(plan.placeBytes))};
  for (const cuda::ArgsortLaunch& l : plan.launches) {
    launch.params = l.params;
    launch.tasks = l.blocks;
    lowered.launches.push_back(launch);
  }
}

void addSegments(KernelOp kernel, const ::torch::op::Type& x, LocalBuffer from, LocalBuffer order,
                 LocalBuffer ends, Lowered& lowered) {
  LoweredLaunch launch = launchOf(kernel);
  launch.key = std::string("segments ") + ::torch::op::dtype_name(x.dtype);
  launch.write = [dtype = x.dtype](StringRef name, bool) {
    return FailureOr<cuda::Text>(cuda::segmentsText(name, dtype));
  };
  launch.buffers = {from, order, ends};
  launch.params = {x.dims.back(), x.numel()};
  launch.tasks = (x.numel() + cuda::Argsort::kThreads - 1) / cuda::Argsort::kThreads;
  lowered.launches.push_back(launch);
}
}  // namespace mlir::weft
