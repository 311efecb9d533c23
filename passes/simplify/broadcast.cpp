// Broadcasting is free in elementwise ops: their operands need no expand, and what is equal along a
// dim is computed once.
#include "ir/interface/convert.h"
#include "passes/simplify/patterns.h"

namespace mlir::weft {
namespace {
using ::torch::op::Dims;

ArrayRef<int64_t> sizesOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

// What an operand would be without its expand or leading ones.
Value unbroadcast(Value operand) {
  if (auto op = operand.getDefiningOp<ExpandOp>()) return op.getX();
  if (auto op = operand.getDefiningOp<ReshapeOp>()) {
    ArrayRef<int64_t> sizes = op.getSizes(), inner = sizesOf(op.getX());
    const auto isOne = [](int64_t n) { return n == 1; };
    if (sizes.size() > inner.size() && sizes.take_back(inner.size()) == inner &&
        llvm::all_of(sizes.drop_back(inner.size()), isOne))
      return op.getX();
  }
  return Value();
}

// A constant is as good as one element of it.
bool isLargeConstant(Value value) {
  return value.getDefiningOp<ConstantOp>() && !sizesOf(value).empty();
}

// The sizes of an elementwise result of operands of these sizes.
Dims broadcastOf(ArrayRef<Dims> operands) {
  Dims sizes;
  for (const Dims &operand : operands) {
    Dims both;
    ::torch::op::broadcast(sizes, operand, both);
    sizes = both;
  }
  return sizes;
}

Dims smallest(Value operand) {
  if (isLargeConstant(operand)) return {};
  Value smaller = unbroadcast(operand);
  return Dims(sizesOf(smaller ? smaller : operand));
}

Value shrink(Operation *op, PatternRewriter &rewriter, Value operand) {
  if (isLargeConstant(operand)) return constant(at(op, rewriter, operand), *splatConstant(operand));
  Value smaller = unbroadcast(operand);
  return smaller ? smaller : operand;
}

struct DropExpand : RewritePattern {
  explicit DropExpand(MLIRContext *context) : RewritePattern(MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    if (!op->hasTrait<Pointwise>()) return failure();
    const Dims result(sizesOf(op->getResult(0)));
    SmallVector<Dims> sizes, small;
    for (Value operand : op->getOperands()) {
      sizes.emplace_back(sizesOf(operand));
      small.push_back(smallest(operand));
    }
    // All of them: the op on less, its result broadcast.
    const Dims least = broadcastOf(small);
    if (least != result) {
      SmallVector<Symbol> operands;
      for (Value operand : op->getOperands())
        operands.push_back(at(op, rewriter, shrink(op, rewriter, operand)));
      return replace(rewriter, op, apply(*toOp(op), operands, packAttrs(op)));
    }
    // One that the others make up for.
    for (OpOperand &operand : op->getOpOperands()) {
      const unsigned i = operand.getOperandNumber();
      if (small[i] == sizes[i]) continue;
      SmallVector<Dims> changed(sizes);
      changed[i] = small[i];
      if (broadcastOf(changed) != result) continue;
      rewriter.modifyOpInPlace(op, [&] { operand.set(shrink(op, rewriter, operand.get())); });
      return success();
    }
    return failure();
  }
};
}  // namespace

void addBroadcastPatterns(RewritePatternSet& patterns) {
  patterns.add<DropExpand>(patterns.getContext());
}

}  // namespace mlir::weft
