// What autodiff leaves behind, and loops that carry more than anyone reads.
#include "passes/simplify/patterns.h"

namespace mlir::weft {
namespace {

LogicalResult takeKnown(CachedOp op, PatternRewriter& rewriter) {
  return replace(rewriter, op, op.getKnown());
}
LogicalResult dropDetach(DetachOp op, PatternRewriter& rewriter) {
  return replace(rewriter, op, op.getX());
}

// Nothing to compute. (Results of no elements, of any op.)
struct EmptyResults : RewritePattern {
  explicit EmptyResults(MLIRContext *context) : RewritePattern(MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    const auto isEmpty = [](Type type) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      return tensor && tensor.getNumElements() == 0;
    };
    if (isa<ConstantOp, GradOp>(op) || !isa_and_nonnull<WeftDialect>(op->getDialect()) ||
        op->getNumResults() == 0 || !llvm::all_of(op->getResultTypes(), isEmpty))
      return failure();
    SmallVector<Value> nothing;
    for (Value result : op->getResults()) nothing.push_back(zerosLike(at(op, rewriter, result)));
    rewriter.replaceOp(op, nothing);
    return success();
  }
};

// Stacked results and operands that nobody reads go. States stay: they depend on each other.
LogicalResult pruneScan(ScanOp op, PatternRewriter &rewriter) {
  Block &body = op.getBody().front();
  const size_t carried = op.getNumCarried(), stacked = op.getNumStacked(), n = op.getNumOperands();
  llvm::BitVector deadOperands(n), deadResults(op.getNumResults());
  size_t left = stacked;
  for (size_t i = carried; i < n; ++i) {
    const bool isStacked = i < carried + stacked;
    if (!body.getArgument(i).use_empty() || (isStacked && left == 1)) continue;
    deadOperands.set(i);
    left -= isStacked;
  }
  for (size_t j = carried; j < op.getNumResults(); ++j)
    if (op.getResult(j).use_empty()) deadResults.set(j);
  if (deadOperands.none() && deadResults.none()) return failure();

  SmallVector<Value> operands;
  SmallVector<Type> types;
  for (size_t i = 0; i < n; ++i)
    if (!deadOperands[i]) operands.push_back(op.getOperand(i));
  for (size_t j = 0; j < op.getNumResults(); ++j)
    if (!deadResults[j]) types.push_back(op.getResult(j).getType());
  auto pruned =
      rewriter.create<ScanOp>(op.getLoc(), types, operands, carried, left, op.getReverse());
  Operation *yield = body.getTerminator();
  rewriter.modifyOpInPlace(yield, [&] { yield->eraseOperands(deadResults); });
  rewriter.modifyOpInPlace(op, [&] { body.eraseArguments(deadOperands); });
  rewriter.inlineRegionBefore(op.getBody(), pruned.getBody(), pruned.getBody().end());
  SmallVector<Value> replacements;
  for (size_t j = 0, next = 0; j < op.getNumResults(); ++j)
    replacements.push_back(deadResults[j] ? Value() : pruned.getResult(next++));
  rewriter.replaceOp(op, replacements);
  return success();
}
}  // namespace

void addControlPatterns(RewritePatternSet &patterns) {
  patterns.add(takeKnown).add(dropDetach).add(pruneScan).add<EmptyResults>(patterns.getContext());
}

}  // namespace mlir::weft
