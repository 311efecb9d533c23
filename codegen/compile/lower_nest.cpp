// Kinds map and reduction.
#include "codegen/compile/lowering.h"
#include "codegen/loops/loops.h"
#include "ir/tensor/import.h"
#include "runtime/cpu/target.h"

namespace mlir::weft {
namespace {
// A map may write a result over an operand that it reads at the very same elements only.
void findInPlace(const Nest &nest, Lowered &lowered) {
  if (nest.kind != Nest::map) return;
  for (unsigned r = 0; r < nest.outputs.size(); ++r) {
    for (unsigned a = 0; a < nest.arguments.size(); ++a) {
      bool same = ::torch::op::dtype_bytes(nest.arguments[a]) == ::torch::op::dtype_bytes(nest.outputs[r].dtype);
      for (const NestNode &n : nest.nodes)
        if (n.kind == NestNode::load && n.argument == static_cast<int>(a)) same = same && n.index == nest.outputs[r].index;
      if (same) lowered.inPlace.push_back({r, a});
    }
  }
}
}  // namespace

FailureOr<Lowered> lowerNest(KernelOp kernel) {
  // The nest outlives this call: its code is made later, if nobody has made it before.
  FailureOr<Nest> traced = traceNest(kernel);
  if (failed(traced)) return failure();
  auto nest = std::make_shared<Nest>(std::move(*traced));
  normalize(*nest);
  auto numbers = std::make_shared<Numbers>(*nest);
  const ::torch::runtime::Target &cpu = ::torch::runtime::target();
  LoopTarget target{cpu.vector_bytes, cpu.has_fma, cpu.name};
  LoopPlan plan = planLoops(*nest, *numbers, target);
  Lowered lowered;
  LoweredLaunch launch;
  launch.name = kernelName(kernel);
  launch.kind = kernel.getKind().str();
  launch.key = plan.key;
  launch.params = plan.params;
  launch.tasks = plan.tasks;
  launch.grain = plan.grain;
  launch.scratchBytes = static_cast<size_t>(plan.scratchBytes);
  for (unsigned i = 0; i < nest->arguments.size(); ++i) launch.buffers.push_back({LocalBuffer::operand, i});
  for (unsigned i = 0; i < nest->outputs.size(); ++i) launch.buffers.push_back({LocalBuffer::result, i});
  if (!nest->checks.empty()) launch.buffers.push_back({LocalBuffer::error});
  for (auto check : kernel.getBody().front().getOps<CheckIndexOp>())
    launch.checkNodes.push_back(nodeOf(check.getLoc()).value_or(0));
  launch.emit = [nest, numbers, plan, target](ModuleOp module, StringRef name) {
    emitLoops(module, name, *nest, *numbers, plan, target);
  };
  findInPlace(*nest, lowered);
  lowered.launches.push_back(std::move(launch));
  return lowered;
}
}  // namespace mlir::weft
