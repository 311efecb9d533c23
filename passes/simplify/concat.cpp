// concat: parts that are nothing, parts that are concats, and neighbours that were one tensor.
#include "passes/simplify/patterns.h"

namespace mlir::weft {
namespace {

SmallVector<Symbol> partsOf(ConcatOp op, PatternRewriter &rewriter) {
  SmallVector<Symbol> parts;
  for (Value part : op.getXs()) parts.push_back(at(op, rewriter, part));
  return parts;
}

// One level, no empty parts.
LogicalResult flatten(ConcatOp op, PatternRewriter &rewriter) {
  SmallVector<Symbol> parts;
  for (const Symbol &part : partsOf(op, rewriter)) {
    auto inner = Value(part).getDefiningOp<ConcatOp>();
    if (inner && inner.getDim() == op.getDim() && Value(part).hasOneUse())
      llvm::append_range(parts, partsOf(inner, rewriter));
    else if (part.size(op.getDim()) > 0)
      parts.push_back(part);
  }
  if (parts.empty()) return failure();
  const bool changed = parts.size() == 1 || parts.size() != op.getXs().size() ||
                       llvm::any_of(llvm::zip_equal(parts, op.getXs()), [](auto pair) {
                         return Value(std::get<0>(pair)) != std::get<1>(pair);
                       });
  return changed ? replace(rewriter, op, concat(parts, op.getDim())) : failure();
}

// [a, c, c, ...] or [c, c, a] with equal elements c: a padded. All equal: a constant.
LogicalResult concatWithSplats(ConcatOp op, PatternRewriter &rewriter) {
  const int64_t dim = op.getDim();
  std::optional<::torch::op::Literal> value;
  Symbol middle;
  int64_t low = 0, high = 0;
  for (const Symbol &part : partsOf(op, rewriter)) {
    const auto literal = splatConstant(part);
    if (!literal) {
      if (middle) return failure();
      middle = part;
      continue;
    }
    if (value && value->bits != literal->bits) return failure();
    value = literal;
    (middle ? high : low) += part.size(dim);
  }
  if (!value) return failure();
  if (!middle) return replaceBySplat(rewriter, op, *value);
  SmallVector<int64_t> none(middle.rank(), 0), before(none), after(none);
  before[dim] = low, after[dim] = high;
  return replace(rewriter, op, pad(middle, constant(middle, *value), before, after, none));
}

// A part as elements [begin, end) along dim of a tensor that is whole in the other dims.
struct Range {
  Value of;
  int64_t begin, end;
};

std::optional<Range> asRange(Value part, int64_t dim) {
  auto taken = part.getDefiningOp<SliceOp>();
  if (!taken) return std::nullopt;
  const auto whole = cast<RankedTensorType>(taken.getX().getType()).getShape();
  for (auto [d, size] : llvm::enumerate(taken.getSizes()))
    if (static_cast<int64_t>(d) != dim && size != whole[d]) return std::nullopt;
  const int64_t size = taken.getSizes()[dim];
  const auto start = integerConstant(taken.getStarts()[dim]);
  if (!start || (taken.getSteps()[dim] != 1 && size > 1)) return std::nullopt;
  return Range{taken.getX(), *start, *start + size};
}

// Neighbouring slices of one tensor, side by side again.
LogicalResult mergeNeighbours(ConcatOp op, PatternRewriter &rewriter) {
  const int64_t dim = op.getDim();
  SmallVector<Symbol> parts;
  std::optional<Range> last;
  for (const Symbol &part : partsOf(op, rewriter)) {
    auto range = asRange(part, dim);
    if (range && last && range->of == last->of && range->begin == last->end) {
      range->begin = last->begin;
      parts.back() = narrow(part.at(range->of), dim, range->begin, range->end - range->begin);
    } else {
      parts.push_back(part);
    }
    last = range;
  }
  return parts.size() < op.getXs().size() ? replace(rewriter, op, concat(parts, dim)) : failure();
}
}  // namespace

void addConcatPatterns(RewritePatternSet& patterns) {
  patterns.add(flatten).add(concatWithSplats).add(mergeNeighbours);
}

}  // namespace mlir::weft
