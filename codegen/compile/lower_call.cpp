// Kind call: ops that no kernel computes run as functions of the reference tier, on the calling
// thread; on a GPU, a sort is its own kernel.
#include "codegen/compile/lowering.h"
#include "codegen/compile/sort_launches.h"
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

}  // namespace

FailureOr<Lowered> lowerCall(KernelOp kernel, Backend backend) {
  if (backend == Backend::cuda)
    for (auto sort : kernel.getBody().front().getOps<ArgsortOp>()) {
      const op::Type x = toType(sort.getX().getType());
      Lowered lowered;
      if (x.numel() == 0) return lowered;
      const LocalBuffer from{LocalBuffer::operand,
                             cast<BlockArgument>(sort.getX()).getArgNumber()};
      addArgsort(kernel, x, sort.getDim(), sort.getDescending(), sort.getCount(), from,
                 {LocalBuffer::result, 0}, lowered);
      return lowered;
    }
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
