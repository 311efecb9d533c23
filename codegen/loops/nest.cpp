#include "codegen/loops/nest.h"

#include "codegen/loops/trace.h"
#include "ir/interface/convert.h"
#include "passes/fusion/group.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
DType dtypeOf(Value v) { return toType(v.getType()).dtype; }
}  // namespace

bool Nest::dependsOn(const Index &index, int dim) const {
  if (space.dependsOn(index, dims[dim])) return true;
  // Symbols stand for nodes.
  for (const Index::Term &t : index.terms) {
    auto symbol = symbols.find(t.atom);
    if (symbol != symbols.end() && dependsOn(symbol->second, dim)) return true;
    if (dependsOn(space[t.atom].inner, dim)) return true;
  }
  return false;
}

bool Nest::dependsOn(int node, int dim) const {
  const NestNode &n = nodes[node];
  if (n.kind == NestNode::reduction) {
    if (dim == reducedDim) return false;
    // Constant rows are still computed by the row's loop.
    return true;
  }
  if (dependsOn(n.index, dim)) return true;
  if (n.mask >= 0 && dependsOn(n.mask, dim)) return true;
  return llvm::any_of(n.operands, [&](int o) { return dependsOn(o, dim); });
}

bool Nest::isReduced(int node) const { return reducedDim >= 0 && dependsOn(node, reducedDim); }

int Nest::stage(int node) const {
  const NestNode &n = nodes[node];
  int last = n.mask >= 0 ? stage(n.mask) : 0;
  for (int o : n.operands) last = std::max(last, stage(o));
  for (const Index::Term &t : n.index.terms) {
    auto symbol = symbols.find(t.atom);
    if (symbol != symbols.end()) last = std::max(last, stage(symbol->second));
  }
  return last + (n.kind == NestNode::reduction);
}

FailureOr<Nest> traceNest(KernelOp kernel) {
  Nest nest;
  Block &body = kernel.getBody().front();
  for (BlockArgument a : body.getArguments()) {
    nest.arguments.push_back(dtypeOf(a));
    nest.small &= cast<RankedTensorType>(a.getType()).getNumElements() < (int64_t(1) << 31);
  }
  // The domain: the elements of the results, or the rows and the reduced run of the reductions.
  llvm::SmallVector<int64_t> sizes;
  int reducedDim = -1;
  llvm::SmallVector<Operation *> reductions;
  for (Operation &op : body)
    if (isReduction(&op)) reductions.push_back(&op);
  Operation *yield = body.getTerminator();
  if (reductions.empty()) {
    llvm::append_range(sizes, sizesOf(yield->getOperand(0)));
  } else {
    ReductionShape shape = reductionShape(reductions[0]);
    sizes = {shape.outer, shape.reduced, shape.inner};
    reducedDim = 1;
    nest.kind = Nest::reduction;
    nest.row = shape.isRow();
  }
  IndexVector index, row;
  llvm::SmallVector<int64_t> rowSizes;
  for (auto [i, size] : llvm::enumerate(sizes)) {
    bool reduced = static_cast<int>(i) == reducedDim;
    if (size == 1 && !reduced) {
      index.push_back(Index(0));
    } else {
      index.push_back(nest.space.dim(size));
      if (reduced) nest.reducedDim = nest.dims.size();
      nest.dims.push_back(index.back().terms[0].atom);
    }
    if (!reduced) {
      row.push_back(index.back());
      rowSizes.push_back(size);
    }
  }
  Trace trace(kernel, nest);
  for (Operation *op : reductions) {
    Value x = op->getOperand(0);
    int operand = trace.pull(x, nest.space.reshape(index, sizes, sizesOf(x)));
    if (operand < 0) return failure();
    NestNode n{NestNode::reduction, dtypeOf(op->getResult(0))};
    ::torch::op::find_op(op->getName().stripDialect().str().c_str(), n.op);
    n.operands = {operand};
    int node = trace.add(std::move(n));
    trace.defineRow(op->getResult(0), nest.space.linearize(row, rowSizes), node);
  }
  int64_t all = 1, rows = 1;
  for (int64_t s : sizes) all *= s;
  for (int64_t s : rowSizes) rows *= s;
  for (Value v : yield->getOperands()) {
    int64_t numel = cast<RankedTensorType>(v.getType()).getNumElements();
    bool perRow = reducedDim >= 0 && numel == rows &&
                  (numel != all || (v.getDefiningOp() && isReduction(v.getDefiningOp())));
    IndexVector at = perRow ? nest.space.reshape(row, rowSizes, sizesOf(v)) : nest.space.reshape(index, sizes, sizesOf(v));
    int node = trace.pull(v, at);
    if (node < 0) return failure();
    nest.outputs.push_back({node,
                            perRow ? nest.space.linearize(row, rowSizes) : nest.space.linearize(index, sizes),
                            dtypeOf(v)});
    nest.small &= numel < (int64_t(1) << 31);
  }
  return nest;
}
}  // namespace mlir::weft
