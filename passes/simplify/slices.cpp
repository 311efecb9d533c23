// slice and insert. Starts are run-time values; what is known of them is used. A dim that is taken
// whole starts at 0.
#include "passes/simplify/patterns.h"

namespace mlir::weft {
namespace {

// The start along a dim as a number, where it is one; 0 for a dim taken whole.
std::optional<int64_t> startOf(Value start, int64_t size, int64_t whole) {
  return size == whole ? 0 : integerConstant(start);
}

// Starts of a slice as numbers; none when a dim that is not taken whole has a run-time start.
std::optional<SmallVector<int64_t>> constantStarts(ValueRange starts, ArrayRef<int64_t> sizes,
                                                   ArrayRef<int64_t> whole) {
  SmallVector<int64_t> numbers;
  for (auto [start, size, all] : llvm::zip_equal(starts, sizes, whole)) {
    const auto number = startOf(start, size, all);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

ArrayRef<int64_t> sizesOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

bool sameStarts(ValueRange a, ValueRange b) {
  return llvm::all_of(llvm::zip_equal(a, b), [](auto pair) {
    auto [x, y] = pair;
    const auto i = integerConstant(x), j = integerConstant(y);
    return x == y || (i && j && *i == *j);
  });
}

// x[i : : k][j : : l] = x[i + j k : : k l], where i or j is known well enough.
LogicalResult mergeSlices(SliceOp op, PatternRewriter &rewriter) {
  auto inner = op.getX().getDefiningOp<SliceOp>();
  if (!inner) return failure();
  const Symbol x = at(op, rewriter, inner.getX());
  // A number, or a value that is there: nothing is built before all is known.
  SmallVector<std::pair<int64_t, Value>> sums;
  SmallVector<int64_t> steps;
  for (int64_t d = 0; d < x.rank(); ++d) {
    const int64_t step = inner.getSteps()[d];
    steps.push_back(step * op.getSteps()[d]);
    const auto outerStart = startOf(op.getStarts()[d], op.getSizes()[d], inner.getSizes()[d]);
    const auto innerStart = startOf(inner.getStarts()[d], inner.getSizes()[d], x.size(d));
    if (outerStart && innerStart)
      sums.emplace_back(*innerStart + *outerStart * step, Value());
    else if (outerStart && *outerStart == 0)
      sums.emplace_back(0, inner.getStarts()[d]);
    else if (innerStart && *innerStart == 0 && step == 1)
      sums.emplace_back(0, op.getStarts()[d]);
    else
      return failure();
  }
  SmallVector<Value> starts;
  for (auto [number, value] : sums) starts.push_back(value ? value : Value(integer(x, number)));
  return replace(rewriter, op, slice(x, starts, op.getSizes(), steps));
}

// A slice that lies within one part of a concat.
LogicalResult sliceOfConcat(SliceOp op, PatternRewriter &rewriter) {
  auto concatenated = op.getX().getDefiningOp<ConcatOp>();
  if (!concatenated) return failure();
  const int64_t dim = concatenated.getDim(), size = op.getSizes()[dim], step = op.getSteps()[dim];
  const auto start = startOf(op.getStarts()[dim], size, sizesOf(op.getX())[dim]);
  if (!start || size == 0) return failure();
  int64_t begin = 0;
  for (Value part : concatenated.getXs()) {
    const int64_t end = begin + sizesOf(part)[dim];
    if (*start >= begin && *start + (size - 1) * step < end) {
      const Symbol x = at(op, rewriter, part);
      SmallVector<Value> starts(op.getStarts());
      starts[dim] = integer(x, *start - begin);
      return replace(rewriter, op, slice(x, starts, op.getSizes(), op.getSteps()));
    }
    begin = end;
  }
  return failure();
}

// A slice that sees nothing of the padding.
LogicalResult sliceOfPad(SliceOp op, PatternRewriter &rewriter) {
  auto padded = op.getX().getDefiningOp<PadOp>();
  if (!padded) return failure();
  const auto starts = constantStarts(op.getStarts(), op.getSizes(), sizesOf(op.getX()));
  if (!starts) return failure();
  const Symbol x = at(op, rewriter, padded.getX());
  SmallVector<int64_t> from, steps;
  for (int64_t d = 0; d < x.rank(); ++d) {
    const int64_t stride = padded.getInterior()[d] + 1, offset = (*starts)[d] - padded.getLow()[d];
    const int64_t size = op.getSizes()[d], step = op.getSteps()[d];
    if (size == 0 || offset < 0 || offset % stride || (size > 1 && step % stride)) return failure();
    const int64_t sourceStep = size > 1 ? step / stride : 1;
    from.push_back(offset / stride);
    if (from.back() + (size - 1) * sourceStep >= x.size(d)) return failure();
    steps.push_back(sourceStep);
  }
  SmallVector<Value> moved;
  for (int64_t start : from) moved.push_back(integer(x, start));
  return replace(rewriter, op, slice(x, moved, op.getSizes(), steps));
}

LogicalResult simplifyInsert(InsertOp op, PatternRewriter &rewriter) {
  const Symbol x = at(op, rewriter, op.getX()), update = at(op, rewriter, op.getUpdate());
  if (update.type() == x.type()) return replace(rewriter, op, update);
  if (update.numel() == 0) return replace(rewriter, op, x);
  // Putting back what was taken there.
  if (auto taken = op.getUpdate().getDefiningOp<SliceOp>())
    if (taken.getX() == op.getX() && taken.getSteps() == op.getSteps() &&
        sameStarts(taken.getStarts(), op.getStarts()))
      return replace(rewriter, op, x);
  // Overwriting what was put there.
  if (auto inner = op.getX().getDefiningOp<InsertOp>())
    if (inner.getUpdate().getType() == op.getUpdate().getType() &&
        inner.getSteps() == op.getSteps() && sameStarts(inner.getStarts(), op.getStarts()))
      return replace(rewriter, op,
                     insert(at(op, rewriter, inner.getX()), update, op.getStarts(), op.getSteps()));
  return failure();
}

// Into a tensor of equal elements at a known place: padding.
LogicalResult insertIntoSplat(InsertOp op, PatternRewriter &rewriter) {
  const auto value = splatConstant(op.getX());
  const Symbol update = at(op, rewriter, op.getUpdate());
  const auto starts = constantStarts(op.getStarts(), update.sizes(), sizesOf(op.getX()));
  if (!value || !starts) return failure();
  SmallVector<int64_t> high, interior;
  for (auto [d, start] : llvm::enumerate(*starts)) {
    const int64_t size = update.size(d), step = op.getSteps()[d];
    if (size == 0) return failure();
    interior.push_back(size > 1 ? step - 1 : 0);
    high.push_back(sizesOf(op.getX())[d] - start - (size - 1) * (interior.back() + 1) - 1);
  }
  return replace(rewriter, op, pad(update, constant(update, *value), *starts, high, interior));
}

LogicalResult mergePads(PadOp op, PatternRewriter &rewriter) {
  const auto value = splatConstant(op.getValue());
  const auto isZero = [](int64_t n) { return n == 0; };
  if (const auto literal = splatConstant(op.getX()))
    if (value && literal->bits == value->bits) return replaceBySplat(rewriter, op, *value);
  auto inner = op.getX().getDefiningOp<PadOp>();
  if (!inner || !llvm::all_of(op.getInterior(), isZero)) return failure();
  const auto innerValue = splatConstant(inner.getValue());
  if (inner.getValue() != op.getValue() &&
      !(value && innerValue && value->bits == innerValue->bits))
    return failure();
  SmallVector<int64_t> low(op.getLow()), high(op.getHigh());
  for (size_t d = 0; d < low.size(); ++d)
    low[d] += inner.getLow()[d], high[d] += inner.getHigh()[d];
  return replace(rewriter, op,
                 pad(at(op, rewriter, inner.getX()), at(op, rewriter, op.getValue()), low, high,
                     inner.getInterior()));
}
}  // namespace

void addSlicePatterns(RewritePatternSet &patterns) {
  patterns.add(mergeSlices).add(sliceOfConcat).add(sliceOfPad);
  patterns.add(simplifyInsert).add(insertIntoSplat).add(mergePads);
}

}  // namespace mlir::weft
