#include "codegen/compile/nest_launches.h"

#include "codegen/cuda/nest/nest.h"
#include "codegen/loops/loops.h"
#include "ir/tensor/import.h"
#include "mlir/IR/Verifier.h"
#include "runtime/cpu/target.h"
#include "runtime/cpu/thread_pool.h"

namespace mlir::weft {

FailureOr<Traced> finished(KernelOp kernel, FailureOr<Nest> nest, Backend backend) {
  if (failed(nest)) return failure();
  nest->holdsSymbols = backend == Backend::cuda;
  llvm::SmallVector<unsigned> operands = nest->dropUnread();
  for (auto [i, operand] : llvm::enumerate(operands))
    if (isSlice(kernel, kernel->getOperand(operand)))
      nest->looseArguments.push_back(static_cast<int>(i));
  for (auto [i, result] : llvm::enumerate(kernel->getResults()))
    if (isSlice(kernel, result)) nest->looseOutputs.push_back(static_cast<int>(i));
  normalize(*nest);
  return Traced{std::make_shared<Nest>(std::move(*nest)), operands};
}

void findInPlace(const Traced& traced, Lowered& lowered) {
  const Nest& nest = *traced.nest;
  for (unsigned r = 0; r < nest.outputs.size(); ++r)
    for (unsigned a = 0; a < nest.arguments.size(); ++a)
      if (mayLieOver(nest, static_cast<int>(r), static_cast<int>(a)))
        lowered.inPlace.push_back({r, traced.operands[a]});
}

namespace {
// What a launch has whatever it runs on.
LoweredLaunch launchOf(KernelOp kernel, const Traced& traced) {
  const Nest& nest = *traced.nest;
  LoweredLaunch launch;
  launch.name = kernelName(kernel);
  launch.kind = kernel.getKind().str();
  for (unsigned operand : traced.operands)
    launch.buffers.push_back({LocalBuffer::operand, operand});
  for (unsigned i = 0; i < nest.outputs.size(); ++i)
    launch.buffers.push_back({LocalBuffer::result, i});
  if (!nest.checks.empty()) launch.buffers.push_back({LocalBuffer::error});
  for (Operation& op : kernel.getBody().front())
    if (op.hasTrait<Check>()) launch.checkNodes.push_back(nodeOf(op.getLoc()).value_or(0));
  return launch;
}
}  // namespace

void addCpuLaunches(KernelOp kernel, const Traced& traced, Lowered& lowered, int threads) {
  std::shared_ptr<const Nest> nest = traced.nest;
  auto numbers = std::make_shared<Numbers>(*nest);
  const ::torch::runtime::Target& cpu = ::torch::runtime::target();
  LoopTarget target{cpu.vector_bytes, cpu.has_fma, threads};
  LoopPlan plan = planLoops(*nest, *numbers, target);
  LoweredLaunch launch = launchOf(kernel, traced);
  launch.key = plan.key;
  launch.scratchBytes = static_cast<size_t>(plan.scratchBytes);
  if (plan.partsBytes)
    launch.buffers.push_back(lowered.addTemporary(static_cast<size_t>(plan.partsBytes)));
  launch.emit = [nest, numbers, plan, target](ModuleOp module, StringRef name) {
    emitLoops(module, name, *nest, *numbers, plan, target);
  };
  auto add = [&](const LoopLaunch& l) {
    launch.params = l.params;
    launch.tasks = l.tasks;
    launch.grain = l.grain;
    lowered.launches.push_back(launch);
  };
  add(plan);
  if (plan.finish) add(*plan.finish);
}

void addCudaLaunches(KernelOp kernel, const Traced& traced, Lowered& lowered,
                     llvm::ArrayRef<LocalBuffer> more) {
  std::shared_ptr<const Nest> nest = traced.nest;
  auto numbers = std::make_shared<Numbers>(*nest);
  cuda::NestLaunches planned = cuda::plan(*nest, *numbers);
  LoweredLaunch launch = launchOf(kernel, traced);
  if (planned.partsBytes)
    launch.buffers.push_back(lowered.addTemporary(static_cast<size_t>(planned.partsBytes)));
  llvm::append_range(launch.buffers, more);
  for (const cuda::NestPlan& plan : planned.plans) {
    launch.key = plan.key;
    launch.params = plan.params;
    launch.tasks = plan.blocks;
    launch.threads = static_cast<uint32_t>(plan.threads);
    launch.write = [nest, numbers, plan, loc = kernel.getLoc()](
                       StringRef name, bool many) -> FailureOr<cuda::Text> {
      OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
      cuda::emit(*module, name, *nest, *numbers, plan);
      if (failed(verify(*module))) return failure();
      return cuda::print(*module, plan.wide, plan.threads, many);
    };
    lowered.launches.push_back(launch);
  }
}

void addLaunches(KernelOp kernel, const Traced& traced, Lowered& lowered, Backend backend) {
  if (backend == Backend::cuda) return addCudaLaunches(kernel, traced, lowered);
  addCpuLaunches(kernel, traced, lowered, ::torch::runtime::num_threads());
}

void rename(Lowered& part, llvm::ArrayRef<LocalBuffer> operands,
            llvm::ArrayRef<LocalBuffer> results) {
  for (LoweredLaunch& launch : part.launches) {
    for (LocalBuffer& b : launch.buffers) {
      if (b.kind == LocalBuffer::operand && !operands.empty()) b = operands[b.index];
      else if (b.kind == LocalBuffer::result) b = results[b.index];
    }
  }
}
}  // namespace mlir::weft
