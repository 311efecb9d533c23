// Kind scatter: the base is copied to the result, unless it lies there already; then the updates go
// there.
#include "codegen/compile/nest_launches.h"
#include "codegen/compile/sort_launches.h"
#include "codegen/cuda/nest/nest.h"

namespace mlir::weft {
namespace {
// The nest of destinations as a part of the kernel that its updates are.
Traced destinationsOf(const Traced& updates) {
  Nest nest = cuda::destinations(*updates.nest);
  const llvm::SmallVector<unsigned> old = nest.dropUnread();
  Traced traced;
  nest.looseArguments.clear();
  for (auto [i, argument] : llvm::enumerate(old)) {
    traced.operands.push_back(updates.operands[argument]);
    if (llvm::is_contained(updates.nest->looseArguments, static_cast<int>(argument)))
      nest.looseArguments.push_back(static_cast<int>(i));
  }
  nest.analyze();
  traced.nest = std::make_shared<Nest>(std::move(nest));
  return traced;
}

// On a GPU: where the updates go, the order that sorts them by that, where runs of equals end; then
// the updates by destination.
void addSortedUpdates(KernelOp kernel, const Traced& updates, Lowered& lowered) {
  const Traced destinations = destinationsOf(updates);
  const Nest& nest = *destinations.nest;
  const int last = static_cast<int>(nest.dims.size()) - 1;
  int64_t rows = 1;
  for (int d = 0; d < last; ++d) rows *= nest.extent(d);
  const ::torch::op::Type type(nest.outputs[0].dtype, {rows, nest.extent(last)});
  const size_t places = sizeof(int64_t) * static_cast<size_t>(type.numel());
  const LocalBuffer to = lowered.addTemporary(type.bytes()), order = lowered.addTemporary(places),
                    ends = lowered.addTemporary(places);
  Lowered part;
  addCudaLaunches(kernel, destinations, part);
  rename(part, {}, to);
  llvm::append_range(lowered.launches, part.launches);
  addArgsort(kernel, type, 1, /*descending=*/false, type.dims[1], to, order, lowered);
  addSegments(kernel, type, to, order, ends, lowered);
  addCudaLaunches(kernel, updates, lowered, {order, ends});
}
}  // namespace

FailureOr<Lowered> lowerScatter(KernelOp kernel, Backend backend) {
  auto base = finished(kernel, traceBase(kernel), backend),
       updates = finished(kernel, traceUpdates(kernel), backend);
  if (failed(base) || failed(updates)) return failure();
  Lowered lowered;
  findInPlace(*base, lowered);
  llvm::erase_if(lowered.inPlace,
                 [&](auto pair) { return llvm::is_contained(updates->operands, pair.second); });
  addLaunches(kernel, *base, lowered, backend);
  const NestOutput& to = base->nest->outputs[0];
  const NestNode& from = base->nest->nodes[to.node];
  lowered.launches[0].copies =
      from.kind == NestNode::load && from.mask < 0 && from.index == to.index;
  // Nothing is there to be written: an index is out of range whatever it is.
  if (cast<RankedTensorType>(kernel->getResult(0).getType()).getNumElements() == 0) return lowered;
  if (backend == Backend::cuda && cuda::sortsUpdates(*updates->nest))
    addSortedUpdates(kernel, *updates, lowered);
  else addLaunches(kernel, *updates, lowered, backend);
  return lowered;
}
}  // namespace mlir::weft
