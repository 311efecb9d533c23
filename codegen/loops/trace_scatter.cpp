// The two nests of a scatter: its base as a map, its updates in order.
#include "codegen/loops/trace.h"
#include "ir/interface/convert.h"
#include "passes/fusion/kinds.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
DType dtypeOf(Value v) { return toType(v.getType()).dtype; }

Operation *scatterOf(KernelOp kernel) {
  for (Operation &op : kernel.getBody().front())
    if (isScatter(&op)) return &op;
  return nullptr;
}

// What becomes of the element there and its update; none where the update alone stays.
std::optional<::torch::op::Op> combination(Operation *op) {
  using ::torch::op::Op;
  if (isa<ScatterOp>(op)) return std::nullopt;
  if (isa<ScatterMulOp>(op)) return Op::mul;
  if (isa<ScatterMaxOp>(op)) return Op::maximum;
  if (isa<ScatterMinOp>(op)) return Op::minimum;
  return Op::add;
}
}  // namespace

FailureOr<Nest> traceBase(KernelOp kernel) {
  Operation *op = scatterOf(kernel);
  Nest nest(kernel);
  Value base = op->getOperand(0);
  IndexVector index = nest.addDims(sizesOf(base), -1);
  int node = Trace(kernel, nest).pull(base, index);
  if (node < 0) return failure();
  nest.outputs.push_back({node, nest.space.linearize(index, sizesOf(base)), dtypeOf(base)});
  return nest;
}

FailureOr<Nest> traceUpdates(KernelOp kernel) {
  Operation *op = scatterOf(kernel);
  Nest nest(kernel);
  nest.kind = Nest::scatter;
  Value base = op->getOperand(0), index = op->getOperand(1), update = op->getOperand(2);
  int64_t dim = cast<IntegerAttr>(op->getAttr("dim")).getInt();
  IndexVector at = nest.addDims(sizesOf(update), static_cast<int>(dim));
  IndexVector indexAt = isa<IndexAddOp>(op) ? IndexVector{at[dim]} : at;
  Trace trace(kernel, nest);
  int where = trace.pull(index, indexAt), node = trace.pull(update, at);
  if (node < 0 || where < 0) return failure();
  nest.ownedSize = sizesOf(base)[dim];
  IndexVector to = at;
  to[dim] = nest.space.symbol(index, indexAt, 0, nest.ownedSize - 1);
  if (!to[dim].isConstant()) {
    nest.owner = where;
    nest.symbols[to[dim].terms[0].atom] = where;
  }
  DType dtype = dtypeOf(base);
  if (auto combine = combination(op)) {
    int found = trace.add({NestNode::given, dtype});
    node = trace.compute(*combine, dtype, {found, node});
  }
  nest.outputs.push_back({node, nest.space.linearize(to, sizesOf(base)), dtype});
  return nest;
}
}  // namespace mlir::weft
