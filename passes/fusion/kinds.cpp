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

int64_t ReductionShape::product(bool ofReduced) const {
  int64_t n = 1;
  for (size_t run = 0; run < sizes.size(); ++run)
    if (isReduced(run) == ofReduced) n *= sizes[run];
  return n;
}
llvm::SmallVector<int64_t> ReductionShape::keptSizes() const {
  llvm::SmallVector<int64_t> kept;
  for (size_t run = 0; run < sizes.size(); run += 2) kept.push_back(sizes[run]);
  return kept;
}

bool elementsMayWait(const ReductionShape &shape, int64_t wanted) {
  constexpr int64_t kLanes = 16, kLittle = 1 << 16;
  if (shape.rows() * shape.reduced() <= kLittle) return true;
  return shape.rows() >= wanted * (shape.isRow() ? 1 : kLanes);
}

ReductionShape reductionShape(Operation *op) {
  llvm::ArrayRef<int64_t> sizes = sizesOf(op->getOperand(0));
  llvm::SmallVector<int64_t> dims;
  if (auto one = op->getAttrOfType<IntegerAttr>("dim")) dims.push_back(one.getInt());
  else llvm::append_range(dims, cast<DenseI64ArrayAttr>(op->getAttr("dims")).asArrayRef());
  ReductionShape shape;
  shape.sizes = {1};
  // Of dims of size 1 one counts, where no other is reduced.
  const bool all = llvm::all_of(dims, [&](int64_t d) { return sizes[d] == 1; });
  for (int64_t d = 0; d < static_cast<int64_t>(sizes.size()); ++d) {
    const bool isReduced = llvm::is_contained(dims, d);
    if (sizes[d] == 1 && !(all && d == dims.back())) continue;
    if (ReductionShape::isReduced(shape.sizes.size() - 1) != isReduced) shape.sizes.push_back(1);
    shape.sizes.back() *= sizes[d];
  }
  if (ReductionShape::isReduced(shape.sizes.size() - 1)) shape.sizes.push_back(1);
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
