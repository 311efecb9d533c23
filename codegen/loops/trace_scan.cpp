// The nest of an elementwise scan: (steps, dims of the states), the steps in order.
#include "codegen/loops/trace.h"
#include "ir/interface/convert.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
DType dtypeOf(Value v) { return toType(v.getType()).dtype; }
}  // namespace

FailureOr<Nest> traceScan(KernelOp kernel) {
  ScanOp scan = *kernel.getBody().front().getOps<ScanOp>().begin();
  Block &body = scan.getBody().front();
  size_t carried = scan.getNumCarried(), stacked = scan.getNumStacked();
  Nest nest(kernel);
  nest.kind = Nest::scan;
  llvm::SmallVector<int64_t> sizes{sizesOf(scan.getOperand(carried))[0]};
  llvm::append_range(sizes, sizesOf(body.getArgument(0)));
  IndexVector index = nest.addDims(sizes, 0), element(index.begin() + 1, index.end());
  llvm::ArrayRef<int64_t> elementSizes = llvm::ArrayRef(sizes).drop_front();
  Index step = scan.getReverse() ? index[0] * -1 + (sizes[0] - 1) : index[0];
  Index position = nest.space.linearize(element, elementSizes);
  Trace trace(kernel, nest);
  for (size_t i = 0; i < carried; ++i) {
    int initial = trace.pull(scan.getOperand(i), element);
    if (initial < 0) return failure();
    NestNode n{NestNode::given, dtypeOf(body.getArgument(i))};
    n.argument = static_cast<int>(i);
    int current = trace.add(std::move(n));
    trace.give(body.getArgument(i), position, current);
    nest.states.push_back({initial, current, -1});
  }
  for (size_t i = carried; i < scan.getNumOperands(); ++i)
    trace.bind(body.getArgument(i), scan.getOperand(i),
               i < carried + stacked ? IndexVector{step} : IndexVector());
  IndexVector stackedAt{step};
  llvm::append_range(stackedAt, element);
  llvm::SmallVector<NestOutput> all;
  for (auto [i, v] : llvm::enumerate(body.getTerminator()->getOperands())) {
    int node = trace.pull(v, element);
    if (node < 0) return failure();
    if (i < carried) nest.states[i].next = node;
    if (i < carried) all.push_back({nest.states[i].current, position, dtypeOf(v)});
    else all.push_back({node, nest.space.linearize(stackedAt, sizes), dtypeOf(v)});
  }
  for (Value v : kernel.getBody().front().getTerminator()->getOperands())
    nest.outputs.push_back(all[cast<OpResult>(v).getResultNumber()]);
  return nest;
}
}  // namespace mlir::weft
