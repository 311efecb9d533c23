// Kinds map, reduction and (elementwise) scan: launches of loop nests.
#include "codegen/compile/lower_nest.h"

#include "codegen/compile/nest_launches.h"
#include "codegen/compile/split_tail.h"

namespace mlir::weft {
namespace {
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
  if (backend == Backend::cpu) addCpuLaunches(split.tail, *tail, last, kAlone);
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

}  // namespace mlir::weft
