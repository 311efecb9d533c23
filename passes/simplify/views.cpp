// Views of views and views that move nothing; casts, which change the type as views change the
// shape.
#include "passes/simplify/patterns.h"

#include "ir/interface/convert.h"

namespace mlir::weft {
namespace {

// The result is the operand: sizes that did not change leave no choice.
template <class ViewOp> LogicalResult dropIdentity(ViewOp op, PatternRewriter &rewriter) {
  if (op.getX().getType() != op.getY().getType()) return failure();
  rewriter.replaceOp(op, op.getX());
  return success();
}

// A view of equal elements is equal elements.
template <class ViewOp> LogicalResult viewOfSplat(ViewOp op, PatternRewriter &rewriter) {
  const auto literal = splatConstant(op.getX());
  return literal ? replaceBySplat(rewriter, op, *literal) : failure();
}

LogicalResult mergeReshapes(ReshapeOp op, PatternRewriter &rewriter) {
  auto inner = op.getX().getDefiningOp<ReshapeOp>();
  if (!inner) return failure();
  return replace(rewriter, op, reshape(at(op, rewriter, inner.getX()), op.getSizes()));
}

LogicalResult mergeExpands(ExpandOp op, PatternRewriter &rewriter) {
  auto inner = op.getX().getDefiningOp<ExpandOp>();
  if (!inner) return failure();
  return replace(rewriter, op, expand(at(op, rewriter, inner.getX()), op.getSizes()));
}

// Leading dims of size 1 are what broadcasting adds anyway.
LogicalResult expandOfUnsqueezed(ExpandOp op, PatternRewriter &rewriter) {
  auto inner = op.getX().getDefiningOp<ReshapeOp>();
  if (!inner) return failure();
  const Symbol x = at(op, rewriter, inner.getX());
  ArrayRef<int64_t> sizes = inner.getSizes();
  if (x.rank() >= static_cast<int64_t>(sizes.size()) || sizes.take_back(x.rank()) != x.sizes())
    return failure();
  return replace(rewriter, op, expand(x, op.getSizes()));
}

LogicalResult simplifyPermute(PermuteOp op, PatternRewriter &rewriter) {
  ArrayRef<int64_t> permutation = op.getPermutation();
  if (auto inner = op.getX().getDefiningOp<PermuteOp>()) {
    SmallVector<int64_t> both;
    for (int64_t d : permutation) both.push_back(inner.getPermutation()[d]);
    return replace(rewriter, op, permute(at(op, rewriter, inner.getX()), both));
  }
  // Dims that have more than one element keep their order: nothing moves.
  const Symbol x = at(op, rewriter, op.getX()), y = at(op, rewriter, op.getY());
  int64_t last = -1;
  for (int64_t d : permutation) {
    if (x.size(d) == 1) continue;
    if (d < last) return failure();
    last = d;
  }
  return replace(rewriter, op, reshape(x, y.sizes()));
}

LogicalResult simplifyFlip(FlipOp op, PatternRewriter &rewriter) {
  const Symbol x = at(op, rewriter, op.getX());
  SmallVector<int64_t> dims;
  for (int64_t d : op.getDims())
    if (x.size(d) > 1) dims.push_back(d);
  if (dims.empty()) return replace(rewriter, op, x);
  if (auto inner = op.getX().getDefiningOp<FlipOp>()) {
    SmallVector<int64_t> either;
    for (int64_t d = 0; d < x.rank(); ++d)
      if (llvm::is_contained(dims, d) != llvm::is_contained(inner.getDims(), d))
        either.push_back(d);
    const Symbol source = at(op, rewriter, inner.getX());
    return replace(rewriter, op, either.empty() ? source : flip(source, either));
  }
  return dims.size() < op.getDims().size() ? replace(rewriter, op, flip(x, dims)) : failure();
}

// Whether every value of `from` is one of `to`.
bool isWidening(::torch::op::DType from, ::torch::op::DType to) {
  using ::torch::op::DType;
  const auto *a = ::torch::op::find_dtype(from), *b = ::torch::op::find_dtype(to);
  if (from == to || from == DType::Bool) return true;
  if (to == DType::Bool || (a->is_float && !b->is_float)) return false;
  if (a->is_float) return a->bytes < b->bytes;
  if (b->is_float) {
    int digits = 0;
    ::torch::op::visit_dtype(
        to, [&](auto zero) { digits = std::numeric_limits<decltype(zero)>::digits; });
    return 8 * a->bytes <= digits;
  }
  return a->is_signed ? b->is_signed && a->bytes <= b->bytes : a->bytes < b->bytes;
}

// A cast behind a widening one sees the same numbers as without it. (Not from float to integer,
// where what does not fit depends on the type it comes from.)
LogicalResult mergeCasts(CastOp op, PatternRewriter &rewriter) {
  auto inner = op.getX().getDefiningOp<CastOp>();
  if (!inner) return failure();
  const auto from = toType(inner.getX().getType()).dtype,
             through = toType(op.getX().getType()).dtype, to = toType(op.getY().getType()).dtype;
  if (!isWidening(from, through)) return failure();
  if (::torch::op::is_float(from) && ::torch::op::is_integral(to, false)) return failure();
  return replace(rewriter, op,
                 convert(at(op, rewriter, inner.getX()), op.getY().getType().getElementType()));
}
}  // namespace

void addViewPatterns(RewritePatternSet &patterns) {
  patterns.add(dropIdentity<ReshapeOp>)
      .add(dropIdentity<ExpandOp>)
      .add(dropIdentity<SliceOp>)
      .add(dropIdentity<PadOp>);
  patterns.add(dropIdentity<CastOp>);
  patterns.add(viewOfSplat<ReshapeOp>)
      .add(viewOfSplat<ExpandOp>)
      .add(viewOfSplat<PermuteOp>)
      .add(viewOfSplat<FlipOp>);
  patterns.add(viewOfSplat<SliceOp>);
  patterns.add(mergeReshapes)
      .add(mergeExpands)
      .add(expandOfUnsqueezed)
      .add(simplifyPermute)
      .add(simplifyFlip);
  patterns.add(mergeCasts);
}

}  // namespace mlir::weft
