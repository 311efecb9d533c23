#include "passes/fusion/kinds.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "passes/fusion/checks.h"
#include "passes/fusion/cost.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
}  // namespace

bool isContraction(Operation* op) {
  return isa<MatmulOp, ConvOp, ConvInputGradOp, ConvWeightGradOp>(op);
}

bool isScatter(Operation *op) {
  return isa<ScatterOp, ScatterAddOp, ScatterMulOp, ScatterMaxOp, ScatterMinOp, IndexAddOp>(op);
}

bool isReduction(Operation *op) {
  return isa<SumOp, MeanOp, ProdOp, MaxOp, MinOp, ArgmaxOp, ArgminOp, AnyOp, AllOp>(op);
}

ReductionShape reductionShape(Operation *op) {
  llvm::ArrayRef<int64_t> sizes = sizesOf(op->getOperand(0));
  llvm::SmallVector<int64_t> dims;
  if (auto one = op->getAttrOfType<IntegerAttr>("dim")) dims.push_back(one.getInt());
  else llvm::append_range(dims, cast<DenseI64ArrayAttr>(op->getAttr("dims")).asArrayRef());
  ReductionShape shape;
  int64_t last = dims.empty() ? -1 : dims.back();
  for (int64_t i = 0; i < static_cast<int64_t>(sizes.size()); ++i) {
    if (llvm::is_contained(dims, i)) shape.reduced *= sizes[i];
    else (i < last ? shape.outer : shape.inner) *= sizes[i];
  }
  return shape;
}

bool isElementwiseScan(Operation *op) {
  auto scan = dyn_cast<ScanOp>(op);
  if (!scan || scan.getNumCarried() == 0) return false;
  Block &body = scan.getBody().front();
  llvm::ArrayRef<int64_t> sizes = sizesOf(body.getArgument(0));
  auto like = [&](Value v) { return sizesOf(v) == sizes; };
  llvm::SmallPtrSet<void *, 16> changing;  // what follows from the states
  for (BlockArgument state : body.getArguments().take_front(scan.getNumCarried())) {
    if (!like(state)) return false;
    changing.insert(state.getAsOpaquePointer());
  }
  for (Operation &inner : body.without_terminator()) {
    // checks stand in kernels of their own
    if (!isFusible(&inner) || mayFail(&inner)) return false;
    bool changes = llvm::any_of(inner.getOperands(),
                                [&](Value v) { return changing.contains(v.getAsOpaquePointer()); });
    if (!changes) continue;
    if (!inner.hasTrait<Pointwise>() || !like(inner.getResult(0))) return false;
    changing.insert(inner.getResult(0).getAsOpaquePointer());
  }
  return llvm::all_of(body.getTerminator()->getOperands(), like);
}
}  // namespace mlir::weft
