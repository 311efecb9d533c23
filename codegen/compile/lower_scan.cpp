// Kind scan: one kernel where the body treats every element for itself, else the body as a program
// of its own, fused and compiled like any other, and a loop over its launches.
#include "codegen/compile/lower_nest.h"
#include "ir/interface/convert.h"
#include "mlir/Pass/PassManager.h"
#include "passes/fusion/fuse.h"
#include "passes/fusion/kinds.h"

namespace mlir::weft {
namespace {
int64_t stepsOf(ScanOp scan) {
  return cast<RankedTensorType>(scan.getOperand(scan.getNumCarried()).getType()).getDimSize(0);
}

// Where the body's arguments and results may lie: states in the loop's operands and results (and in
// memory of the loop's own, by turns), slices in the middle of those.
DenseI64ArrayAttr boundariesOf(KernelOp kernel, ScanOp scan) {
  const size_t carried = scan.getNumCarried(), stacked = scan.getNumStacked();
  llvm::SmallVector<int64_t> arguments, results(scan.getNumResults(), kBoundary);
  for (Value v : scan.getOperands())
    arguments.push_back(
        boundaryOf(kernel, kernel->getOperand(cast<BlockArgument>(v).getArgNumber())));
  for (auto [i, v] : llvm::enumerate(kernel.getBody().front().getTerminator()->getOperands())) {
    auto made = dyn_cast<OpResult>(v);
    if (!made || made.getOwner() != scan) continue;
    int64_t& result = results[made.getResultNumber()];
    result = std::min(result, boundaryOf(kernel, kernel->getResult(i)));
  }
  const auto slice = [](Value stack, int64_t& boundary) {
    auto type = cast<RankedTensorType>(stack.getType());
    const auto bytes = static_cast<int64_t>(toType(stack.getType()).bytes());
    const int64_t steps = std::max<int64_t>(type.getDimSize(0), 1);
    while (bytes / steps % boundary != 0) boundary /= 2;
  };
  for (size_t i = 0; i < carried; ++i)
    arguments[i] = results[i] = std::min(arguments[i], results[i]);
  for (size_t i = carried; i < carried + stacked; ++i) slice(scan.getOperand(i), arguments[i]);
  for (size_t i = carried; i < results.size(); ++i) slice(scan.getResult(i), results[i]);
  arguments.append(results);
  return DenseI64ArrayAttr::get(scan.getContext(), arguments);
}

FailureOr<std::shared_ptr<LoweredLoop>> lowerBody(KernelOp kernel, ScanOp scan, Backend backend) {
  auto loop = std::make_shared<LoweredLoop>();
  loop->module = ModuleOp::create(scan.getLoc());
  loop->function = functionOf(scan.getBody().front(), *loop->module, "body");
  // What is the same in all steps is prepared once: where there are several.
  if (stepsOf(scan) > 1)
    loop->function->setAttr(
        kUnchangedFrom,
        Builder(scan.getContext()).getI64IntegerAttr(scan.getNumCarried() + scan.getNumStacked()));
  loop->function->setAttr(kBoundaries, boundariesOf(kernel, scan));
  if (backend == Backend::cuda) forGpu(*loop->module);
  PassManager pm(scan.getContext());
  buildFuse(pm);
  if (failed(pm.run(*loop->module))) return failure();
  FailureOr<std::vector<LoweredKernel>> kernels = lowerKernels(loop->function, backend);
  if (failed(kernels)) return failure();
  loop->kernels = std::move(*kernels);
  return loop;
}

// Where the loop's buffers lie: the kernel's operands, its results, then temporaries.
void placeBuffers(ScanOp scan, ValueRange results, Lowered& lowered, LoweredLaunch& launch) {
  ::torch::runtime::Loop& loop = launch.loop->loop;
  auto temporary = [&](Value like) {
    launch.buffers.push_back(lowered.addTemporary(toType(like.getType()).bytes()));
    return launch.buffers.size() - 1;
  };
  llvm::DenseMap<Value, size_t> place;
  for (auto [i, v] : llvm::enumerate(scan.getOperands()))
    launch.buffers.push_back({LocalBuffer::operand, cast<BlockArgument>(v).getArgNumber()});
  for (auto [i, v] : llvm::enumerate(results)) {
    place[v] = launch.buffers.size();
    launch.buffers.push_back({LocalBuffer::result, static_cast<unsigned>(i)});
  }
  for (Value v : scan.getResults().take_front(loop.carried)) {
    loop.finals.push_back(place.count(v) ? place[v] : temporary(v));
    loop.spares.push_back(temporary(v));
  }
  for (Value v : scan.getResults().drop_front(loop.carried))
    loop.outputs.push_back(place.count(v) ? static_cast<int64_t>(place[v]) : -1);
}
}  // namespace

FailureOr<Lowered> lowerScan(KernelOp kernel, Backend backend) {
  Block& block = kernel.getBody().front();
  ScanOp scan = *block.getOps<ScanOp>().begin();
  if (isElementwiseScan(scan)) return lowerElementwiseScan(kernel, backend);
  FailureOr<std::shared_ptr<LoweredLoop>> body = lowerBody(kernel, scan, backend);
  if (failed(body)) return failure();
  Lowered lowered;
  LoweredLaunch launch;
  launch.name = kernelName(kernel);
  launch.kind = "scan";
  launch.tasks = 1;
  launch.loop = *body;
  ::torch::runtime::Loop& loop = launch.loop->loop;
  loop.carried = scan.getNumCarried();
  loop.stacked = scan.getNumStacked();
  loop.reverse = scan.getReverse();
  loop.steps = stepsOf(scan);
  placeBuffers(scan, block.getTerminator()->getOperands(), lowered, launch);
  lowered.launches.push_back(std::move(launch));
  return lowered;
}
}  // namespace mlir::weft
