// Kinds map, reduction, scatter and (elementwise) scan: launches of loop nests.
#include "codegen/compile/lower_nest.h"

#include "codegen/compile/split_tail.h"
#include "codegen/cuda/nest/nest.h"
#include "codegen/loops/loops.h"
#include "ir/tensor/import.h"
#include "mlir/IR/Verifier.h"
#include "runtime/cpu/target.h"
#include "runtime/cpu/thread_pool.h"

namespace mlir::weft {
namespace {
struct Traced {
  // outlives the lowering: its code is made later, if nobody has made it before
  std::shared_ptr<Nest> nest;
  llvm::SmallVector<unsigned> operands;  // of the kernel, that are its arguments
};

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

// A map may write a result over an operand that it reads at the very same elements only.
void findInPlace(const Traced &traced, Lowered &lowered) {
  const Nest &nest = *traced.nest;
  if (nest.kind != Nest::map) return;
  for (unsigned r = 0; r < nest.outputs.size(); ++r) {
    for (unsigned a = 0; a < nest.arguments.size(); ++a) {
      const NestOutput &o = nest.outputs[r];
      bool same = ::torch::op::dtype_bytes(nest.arguments[a]) == ::torch::op::dtype_bytes(o.dtype);
      for (const NestNode &n : nest.nodes)
        if (n.kind == NestNode::load && n.argument == static_cast<int>(a))
          same = same && n.index == o.index;
      if (same) lowered.inPlace.push_back({r, traced.operands[a]});
    }
  }
}

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
  for (Operation &op : kernel.getBody().front())
    if (op.hasTrait<Check>()) launch.checkNodes.push_back(nodeOf(op.getLoc()).value_or(0));
  return launch;
}
// Which all launches of the kernel's share.
void addTemporary(LoweredLaunch& launch, Lowered& lowered, int64_t bytes) {
  launch.buffers.push_back(
      {LocalBuffer::temporary, static_cast<unsigned>(lowered.temporaryBytes.size())});
  lowered.temporaryBytes.push_back(static_cast<size_t>(bytes));
}

void addLaunches(KernelOp kernel, const Traced &traced, Lowered &lowered,
                 int threads = ::torch::runtime::num_threads()) {
  std::shared_ptr<const Nest> nest = traced.nest;
  auto numbers = std::make_shared<Numbers>(*nest);
  const ::torch::runtime::Target &cpu = ::torch::runtime::target();
  LoopTarget target{cpu.vector_bytes, cpu.has_fma, threads};
  LoopPlan plan = planLoops(*nest, *numbers, target);
  LoweredLaunch launch = launchOf(kernel, traced);
  launch.key = plan.key;
  launch.scratchBytes = static_cast<size_t>(plan.scratchBytes);
  if (plan.partsBytes) addTemporary(launch, lowered, plan.partsBytes);
  launch.emit = [nest, numbers, plan, target](ModuleOp module, StringRef name) {
    emitLoops(module, name, *nest, *numbers, plan, target);
  };
  auto add = [&](const LoopLaunch &l) {
    launch.params = l.params;
    launch.tasks = l.tasks;
    launch.grain = l.grain;
    lowered.launches.push_back(launch);
  };
  add(plan);
  if (plan.finish) add(*plan.finish);
}

void addCudaLaunches(KernelOp kernel, const Traced& traced, Lowered& lowered) {
  std::shared_ptr<const Nest> nest = traced.nest;
  auto numbers = std::make_shared<Numbers>(*nest);
  cuda::NestLaunches planned = cuda::plan(*nest, *numbers);
  LoweredLaunch launch = launchOf(kernel, traced);
  if (planned.partsBytes) addTemporary(launch, lowered, planned.partsBytes);
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
  backend == Backend::cpu ? addLaunches(kernel, traced, lowered)
                          : addCudaLaunches(kernel, traced, lowered);
}

// Buffers of a part of a kernel, as the kernel's.
void rename(Lowered &part, llvm::ArrayRef<LocalBuffer> operands,
            llvm::ArrayRef<LocalBuffer> results) {
  for (LoweredLaunch &launch : part.launches) {
    for (LocalBuffer &b : launch.buffers) {
      if (b.kind == LocalBuffer::operand && !operands.empty()) b = operands[b.index];
      else if (b.kind == LocalBuffer::result) b = results[b.index];
    }
  }
}

// On a GPU the tail is a launch that follows.
FailureOr<Lowered> lowerWithTail(KernelOp kernel, const SplitKernel& split, Backend backend) {
  auto main = finished(split.main, traceNest(split.main), backend),
       tail = finished(split.tail, traceNest(split.tail), backend);
  if (failed(main) || failed(tail)) return failure();
  Lowered lowered, last;
  lowered.temporaryBytes = split.temporaryBytes;
  addLaunches(split.main, *main, lowered, backend);
  rename(lowered, {}, split.mainResults);
  last.temporaryBytes = lowered.temporaryBytes;
  constexpr int kAlone = 0;
  if (backend == Backend::cpu) addLaunches(split.tail, *tail, last, kAlone);
  else addCudaLaunches(split.tail, *tail, last);
  findInPlace(*tail, last);
  for (auto [result, operand] : last.inPlace)
    if (const LocalBuffer &from = split.tailOperands[operand]; from.kind == LocalBuffer::operand)
      lowered.inPlace.push_back({split.tailResults[result].index, from.index});
  rename(last, split.tailOperands, split.tailResults);
  lowered.temporaryBytes = last.temporaryBytes;
  for (LoweredLaunch &launch : lowered.launches) launch.name = kernelName(kernel);
  if (backend == Backend::cuda)
    llvm::append_range(lowered.launches, last.launches);
  else
    lowered.launches.back().tail = std::make_shared<LoweredLaunch>(std::move(last.launches[0]));
  return lowered;
}
}  // namespace

FailureOr<Lowered> lowerNest(KernelOp kernel, Backend backend) {
  if (auto split = splitTail(kernel)) return lowerWithTail(kernel, *split, backend);
  auto nest = finished(kernel, traceNest(kernel), backend);
  if (failed(nest)) return failure();
  Lowered lowered;
  findInPlace(*nest, lowered);
  addLaunches(kernel, *nest, lowered, backend);
  return lowered;
}

FailureOr<Lowered> lowerElementwiseScan(KernelOp kernel, Backend backend) {
  auto nest = finished(kernel, traceScan(kernel), backend);
  if (failed(nest)) return failure();
  Lowered lowered;
  addLaunches(kernel, *nest, lowered, backend);
  return lowered;
}

// The base is copied to the result, unless it lies there already; then the updates go there.
FailureOr<Lowered> lowerScatter(KernelOp kernel, Backend backend) {
  auto base = finished(kernel, traceBase(kernel), backend),
       updates = finished(kernel, traceUpdates(kernel), backend);
  if (failed(base) || failed(updates)) return failure();
  Lowered lowered;
  findInPlace(*base, lowered);
  llvm::erase_if(lowered.inPlace,
                 [&](auto pair) { return llvm::is_contained(updates->operands, pair.second); });
  addLaunches(kernel, *base, lowered, backend);
  const NestOutput &to = base->nest->outputs[0];
  const NestNode &from = base->nest->nodes[to.node];
  lowered.launches[0].copies =
      from.kind == NestNode::load && from.mask < 0 && from.index == to.index;
  addLaunches(kernel, *updates, lowered, backend);
  return lowered;
}
}  // namespace mlir::weft
