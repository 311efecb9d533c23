// Kind call: ops that no kernel computes run as functions of the reference tier, on the calling
// thread; on a GPU, a sort is its own kernel.
#include "codegen/compile/lowering.h"
#include "codegen/cuda/argsort/argsort.h"
#include "ir/interface/convert.h"
#include "ir/tensor/import.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "runtime/reference/reference.h"

namespace mlir::weft {
namespace {
namespace op = ::torch::op;

void runGraph(void *const *buffers, const int64_t *params, int64_t begin, int64_t end, void *) {
  if (begin == end) return;
  const auto& program =
      *reinterpret_cast<const ::torch::reference::ReferenceExecutable*>(params[0]);
  program.run(buffers, buffers + program.input_types.size());
}

// Sorted where the elements are; temporaries: values, places.
Lowered lowerArgsort(KernelOp kernel, ArgsortOp sort) {
  const op::Type x = toType(sort.getX().getType());
  const cuda::Argsort plan =
      cuda::planArgsort(x, sort.getDim(), sort.getDescending(), sort.getCount());
  Lowered lowered;
  if (x.numel() == 0) return lowered;
  lowered.temporaryBytes = {static_cast<size_t>(plan.valueBytes),
                            static_cast<size_t>(plan.placeBytes)};
  LoweredLaunch launch;
  launch.name = kernelName(kernel);
  launch.kind = "call";
  launch.key = plan.key;
  launch.threads = cuda::Argsort::kThreads;
  launch.write = [dtype = x.dtype, descending = sort.getDescending()](StringRef name, bool) {
    return FailureOr<cuda::Text>(cuda::argsortText(name, dtype, descending));
  };
  const unsigned argument = cast<BlockArgument>(sort.getX()).getArgNumber();
  launch.buffers = {{LocalBuffer::operand, argument},
                    {LocalBuffer::result, 0},
                    {LocalBuffer::temporary, 0},
                    {LocalBuffer::temporary, 1}};
  for (const cuda::ArgsortLaunch& l : plan.launches) {
    launch.params = l.params;
    launch.tasks = l.blocks;
    lowered.launches.push_back(launch);
  }
  return lowered;
}
}  // namespace

FailureOr<Lowered> lowerCall(KernelOp kernel, Backend backend) {
  if (backend == Backend::cuda)
    for (auto sort : kernel.getBody().front().getOps<ArgsortOp>())
      return lowerArgsort(kernel, sort);
  OwningOpRef<ModuleOp> module = ModuleOp::create(kernel.getLoc());
  FailureOr<op::Graph> graph = exportGraph(functionOf(kernel.getBody().front(), *module, "main"));
  if (failed(graph)) return failure();
  auto kept = std::make_shared<::torch::reference::ReferenceExecutable>(std::move(*graph));
  auto code = std::make_shared<::torch::runtime::Kernel>();
  code->name = kernelName(kernel);
  code->kind = "call";
  code->code = &runGraph;
  code->keep_alive = kept;
  LoweredLaunch launch;
  launch.name = code->name;
  launch.kind = code->kind;
  launch.kernel = code;
  launch.tasks = 1;
  launch.params = {reinterpret_cast<int64_t>(kept.get())};
  for (unsigned i = 0; i < kernel->getNumOperands(); ++i)
    launch.buffers.push_back({LocalBuffer::operand, i});
  for (unsigned i = 0; i < kernel->getNumResults(); ++i)
    launch.buffers.push_back({LocalBuffer::result, i});
  Lowered lowered;
  lowered.launches.push_back(std::move(launch));
  return lowered;
}
}  // namespace mlir::weft
