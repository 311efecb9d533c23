// Elementwise identities. Mind the zeros: x + 0.0 is not x for x = -0.0, x + -0.0 is.
#include <cmath>

#include "passes/simplify/patterns.h"

namespace mlir::weft {
namespace {
bool isFloat(Value value) {
  return isa<FloatType>(cast<RankedTensorType>(value.getType()).getElementType());
}

// `value` everywhere; -0.0 is not 0.0.
bool isSplat(Value operand, double value) {
  const auto literal = splatConstant(operand);
  return literal && literal->as_double() == value &&
         std::signbit(literal->as_double()) == std::signbit(value);
}

LogicalResult simplifyAdd(AddOp op, PatternRewriter &rewriter) {
  const double zero = isFloat(op.getY()) ? -0.0 : 0.0;
  if (isSplat(op.getB(), zero)) return replace(rewriter, op, op.getA());
  if (isSplat(op.getA(), zero)) return replace(rewriter, op, op.getB());
  if (auto neg = op.getB().getDefiningOp<NegOp>())
    return replace(rewriter, op, at(op, rewriter, op.getA()) - at(op, rewriter, neg.getX()));
  if (auto neg = op.getA().getDefiningOp<NegOp>())
    return replace(rewriter, op, at(op, rewriter, op.getB()) - at(op, rewriter, neg.getX()));
  return failure();
}

LogicalResult simplifySub(SubOp op, PatternRewriter &rewriter) {
  if (isSplat(op.getB(), 0.0)) return replace(rewriter, op, op.getA());
  if (isSplat(op.getA(), isFloat(op.getY()) ? -0.0 : 0.0))
    return replace(rewriter, op, -at(op, rewriter, op.getB()));
  if (auto neg = op.getB().getDefiningOp<NegOp>())
    return replace(rewriter, op, at(op, rewriter, op.getA()) + at(op, rewriter, neg.getX()));
  return failure();
}

LogicalResult simplifyMul(MulOp op, PatternRewriter &rewriter) {
  for (auto [x, factor] : {std::pair(op.getA(), op.getB()), {op.getB(), op.getA()}}) {
    if (isSplat(factor, 1.0)) return replace(rewriter, op, x);
    if (isFloat(x) && isSplat(factor, -1.0)) return replace(rewriter, op, -at(op, rewriter, x));
    if (!isFloat(x) && isZero(factor)) return replaceBySplat(rewriter, op, *splatConstant(factor));
  }
  auto a = op.getA().getDefiningOp<NegOp>(), b = op.getB().getDefiningOp<NegOp>();
  if (a && b) return replace(rewriter, op, at(op, rewriter, a.getX()) * at(op, rewriter, b.getX()));
  return failure();
}

// (Division by a power of two stays one: divisors are sizes, and kernels are to serve other sizes,
// too.)
LogicalResult simplifyDiv(DivOp op, PatternRewriter &rewriter) {
  const auto divisor = splatConstant(op.getB());
  return divisor && divisor->as_double() == 1.0 ? replace(rewriter, op, op.getA()) : failure();
}

// The exponents for which scalar::pow is exact: 0 and 1. (It rounds x^2 otherwise than x * x does:
// who means the square records it.)
LogicalResult simplifyPow(PowOp op, PatternRewriter &rewriter) {
  if (isSplat(op.getB(), 1.0)) return replace(rewriter, op, op.getA());
  if (!isSplat(op.getB(), 0.0)) return failure();
  return replace(rewriter, op, at(op, rewriter, op.getA()).literal(1.0));
}

LogicalResult simplifyNeg(NegOp op, PatternRewriter &rewriter) {
  auto inner = op.getX().getDefiningOp<NegOp>();
  return inner ? replace(rewriter, op, inner.getX()) : failure();
}

// f(-x) = f(x).
template <class EvenOp> LogicalResult dropSign(EvenOp op, PatternRewriter &rewriter) {
  auto neg = op.getX().template getDefiningOp<NegOp>();
  if (!neg) return failure();
  rewriter.modifyOpInPlace(op, [&] { op.getXMutable().assign(neg.getX()); });
  return success();
}

// f(f(x)) = f(x).
template <class IdempotentOp> LogicalResult applyOnce(IdempotentOp op, PatternRewriter &rewriter) {
  return op.getX().template getDefiningOp<IdempotentOp>() ? replace(rewriter, op, op.getX())
                                                          : failure();
}

// f(x, x) = x.
template <class BinaryOp> LogicalResult ofEqual(BinaryOp op, PatternRewriter &rewriter) {
  return op.getA() == op.getB() ? replace(rewriter, op, op.getA()) : failure();
}

LogicalResult simplifySelect(SelectOp op, PatternRewriter &rewriter) {
  if (op.getA() == op.getB()) return replace(rewriter, op, op.getA());
  if (const auto condition = integerConstant(op.getC()))
    return replace(rewriter, op, *condition ? op.getA() : op.getB());
  Value c = op.getC(), a = op.getA(), b = op.getB();
  if (auto inverted = c.getDefiningOp<BitwiseNotOp>()) c = inverted.getX(), std::swap(a, b);
  if (auto inner = a.getDefiningOp<SelectOp>(); inner && inner.getC() == c) a = inner.getA();
  if (auto inner = b.getDefiningOp<SelectOp>(); inner && inner.getC() == c) b = inner.getB();
  if (c == op.getC() && a == op.getA() && b == op.getB()) return failure();
  return replace(rewriter, op,
                 select(at(op, rewriter, c), at(op, rewriter, a), at(op, rewriter, b)));
}

// Of bits: x & all = x, x & none = none; or the other way round.
template <class BitsOp> LogicalResult simplifyBits(BitsOp op, PatternRewriter &rewriter) {
  constexpr bool isAnd = std::is_same_v<BitsOp, BitwiseAndOp>;
  if (op.getA() == op.getB()) return replace(rewriter, op, op.getA());
  for (auto [x, other] : {std::pair(op.getA(), op.getB()), {op.getB(), op.getA()}}) {
    const auto literal = splatConstant(other);
    if (!literal) continue;
    const auto *row = ::torch::op::find_dtype(literal->dtype);
    const int64_t all = literal->dtype == ::torch::op::DType::Bool ? 1
                        : row->is_signed                           ? -1
                                         : (int64_t{1} << 8 * row->bytes) - 1;
    if (literal->bits == (isAnd ? all : 0)) return replace(rewriter, op, x);
    if (literal->bits == (isAnd ? 0 : all)) return replaceBySplat(rewriter, op, *literal);
  }
  return failure();
}

LogicalResult simplifyNot(BitwiseNotOp op, PatternRewriter &rewriter) {
  auto inner = op.getX().getDefiningOp<BitwiseNotOp>();
  return inner ? replace(rewriter, op, inner.getX()) : failure();
}
}  // namespace

void addElementwisePatterns(RewritePatternSet &patterns) {
  patterns.add(simplifyAdd).add(simplifySub).add(simplifyMul).add(simplifyDiv).add(simplifyPow);
  patterns.add(simplifyNeg);
  patterns.add(dropSign<AbsOp>).add(dropSign<SquareOp>).add(dropSign<CosOp>).add(dropSign<CoshOp>);
  patterns.add(applyOnce<AbsOp>)
      .add(applyOnce<ReluOp>)
      .add(applyOnce<FloorOp>)
      .add(applyOnce<CeilOp>);
  patterns.add(applyOnce<RoundOp>).add(applyOnce<TruncOp>);
  patterns.add(ofEqual<MaximumOp>).add(ofEqual<MinimumOp>);
  patterns.add(simplifySelect)
      .add(simplifyBits<BitwiseAndOp>)
      .add(simplifyBits<BitwiseOrOp>)
      .add(simplifyNot);
}

}  // namespace mlir::weft
