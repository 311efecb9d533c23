// Reductions of little. order.h says what a sum is: it starts at +0.0, so the sum of one -0.0 is
// +0.0.
#include "ir/interface/convert.h"
#include "passes/simplify/patterns.h"

namespace mlir::weft {
namespace {

Symbol rebuild(Operation *op, const Symbol &x, ArrayRef<int64_t> dims) {
  return apply(*toOp(op), {x}, ::torch::op::attrs::sum::pack(dims));
}

// The reduction of one element.
Symbol ofSingle(Operation *op, const Symbol &x) {
  return isa<SumOp, MeanOp>(op) && isa<FloatType>(x.type().getElementType()) ? x + 0.0 : x;
}

// Dims of size 1 need no reducing.
template <class ReductionOp> LogicalResult dropUnitDims(ReductionOp op, PatternRewriter &rewriter) {
  const Symbol x = at(op, rewriter, op.getX());
  SmallVector<int64_t> sizes, dims;
  for (int64_t d = 0; d < x.rank(); ++d) {
    const bool reduced = llvm::is_contained(op.getDims(), d);
    if (reduced && x.size(d) == 1) continue;
    if (reduced) dims.push_back(sizes.size());
    sizes.push_back(x.size(d));
  }
  if (dims.size() == op.getDims().size()) return failure();
  const Symbol squeezed = reshape(x, sizes);
  return replace(rewriter, op, dims.empty() ? ofSingle(op, squeezed) : rebuild(op, squeezed, dims));
}

// Of nothing.
template <class ReductionOp>
LogicalResult ofEmpty(ReductionOp op, double identity, PatternRewriter& rewriter) {
  if (cast<RankedTensorType>(op.getX().getType()).getNumElements() != 0) return failure();
  return replace(rewriter, op,
                 at(op, rewriter, op.getY()).literal(identity, op.getY().getType().getShape()));
}
LogicalResult emptySum(SumOp op, PatternRewriter &rewriter) { return ofEmpty(op, 0, rewriter); }
LogicalResult emptyProd(ProdOp op, PatternRewriter &rewriter) { return ofEmpty(op, 1, rewriter); }
LogicalResult emptyAny(AnyOp op, PatternRewriter &rewriter) { return ofEmpty(op, 0, rewriter); }
LogicalResult emptyAll(AllOp op, PatternRewriter &rewriter) { return ofEmpty(op, 1, rewriter); }

// Of equal elements; sums and products of them are rounded on the way, so only zeros are known.
template <class ReductionOp> LogicalResult ofSplat(ReductionOp op, PatternRewriter &rewriter) {
  const auto literal = splatConstant(op.getX());
  if (!literal || cast<RankedTensorType>(op.getX().getType()).getNumElements() == 0)
    return failure();
  if ((std::is_same_v<ReductionOp, SumOp> || std::is_same_v<ReductionOp, MeanOp>) &&
      literal->bits != 0)
    return failure();
  return replaceBySplat(rewriter, op, *literal);
}

template <class IndexOp> LogicalResult indexOfSingle(IndexOp op, PatternRewriter &rewriter) {
  if (cast<RankedTensorType>(op.getX().getType()).getDimSize(op.getDim()) != 1) return failure();
  return replace(rewriter, op,
                 at(op, rewriter, op.getY()).literal(0, op.getY().getType().getShape()));
}
}  // namespace

void addReductionPatterns(RewritePatternSet &patterns) {
  patterns.add(dropUnitDims<SumOp>)
      .add(dropUnitDims<MeanOp>)
      .add(dropUnitDims<ProdOp>)
      .add(dropUnitDims<MaxOp>);
  patterns.add(dropUnitDims<MinOp>).add(dropUnitDims<AnyOp>).add(dropUnitDims<AllOp>);
  patterns.add(emptySum).add(emptyProd).add(emptyAny).add(emptyAll);
  patterns.add(ofSplat<SumOp>).add(ofSplat<MeanOp>).add(ofSplat<MaxOp>).add(ofSplat<MinOp>);
  patterns.add(ofSplat<AnyOp>).add(ofSplat<AllOp>);
  patterns.add(indexOfSingle<ArgmaxOp>).add(indexOfSingle<ArgminOp>);
}

}  // namespace mlir::weft
