/// The rewrites of the pass simplify, a function a family. Every one keeps all bits of all results
/// (of a nan only that it is one), so the pass may run anywhere, any number of times.
#pragma once
#include "mlir/IR/PatternMatch.h"

#include "ir/interface/symbol.h"
#include "ir/tensor/constants.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {

void addConstantPatterns(RewritePatternSet &patterns);
void addElementwisePatterns(RewritePatternSet &patterns);
void addBroadcastPatterns(RewritePatternSet &patterns);
void addContractionPatterns(RewritePatternSet &patterns);
void addViewPatterns(RewritePatternSet &patterns);
void addSlicePatterns(RewritePatternSet &patterns);
void addConcatPatterns(RewritePatternSet &patterns);
void addReductionPatterns(RewritePatternSet &patterns);
void addControlPatterns(RewritePatternSet &patterns);

/// A value where the rewriter builds in place of `op`.
inline Symbol at(Operation* op, PatternRewriter& rewriter, Value value) {
  return Symbol(rewriter, op->getLoc(), value);
}

/// `op` becomes `value`, broadcast to the op's result where it is smaller.
inline LogicalResult replace(PatternRewriter &rewriter, Operation *op, Value value) {
  const auto type = cast<RankedTensorType>(op->getResult(0).getType());
  rewriter.replaceOp(op, Value(expand(at(op, rewriter, value), type.getShape())));
  return success();
}

/// `op` becomes a constant.
inline LogicalResult replaceBySplat(PatternRewriter& rewriter, Operation* op,
                                    ::torch::op::Literal value) {
  const Symbol place = at(op, rewriter, op->getResult(0));
  rewriter.replaceOp(op, Value(constant(place, value, place.sizes())));
  return success();
}

}  // namespace mlir::weft
