// Gradients of the views: every view moves elements, its gradient moves them back.
#include "ir/interface/symbol.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
namespace {
// One result for x, nothing for the run-time starts after it.
SmallVector<Value> andNoStarts(std::initializer_list<Value> gradients, size_t starts) {
  SmallVector<Value> all(gradients);
  all.resize(gradients.size() + starts);
  return all;
}
}  // namespace

SmallVector<Value> ReshapeOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  return {reshape(symbol(dys[0]), symbol(getX()).sizes())};
}

SmallVector<Value> PermuteOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  SmallVector<int64_t> inverse(getPermutation().size());
  for (auto [i, d] : llvm::enumerate(getPermutation())) inverse[d] = static_cast<int64_t>(i);
  return {permute(gradSymbols(*this, builder)(dys[0]), inverse)};
}

SmallVector<Value> ExpandOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  return {sumTo(symbol(dys[0]), symbol(getX()).sizes())};
}

SmallVector<Value> FlipOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  return {flip(gradSymbols(*this, builder)(dys[0]), getDims())};
}

// An insert into zeros: autodiff adds it to other cotangents in place (differentiate.h).
SmallVector<Value> SliceOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol zeros = zerosLike(symbol(getX()));
  return andNoStarts({insert(zeros, symbol(dys[0]), getStarts(), getSteps())}, getStarts().size());
}

SmallVector<Value> InsertOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol dy = symbol(dys[0]), update = symbol(getUpdate());
  const Symbol dx = needed[0] ? insert(dy, zerosLike(update), getStarts(), getSteps()) : Symbol();
  const Symbol dupdate = needed[1] ? slice(dy, getStarts(), update.sizes(), getSteps()) : Symbol();
  return andNoStarts({dx, dupdate}, getStarts().size());
}

SmallVector<Value> PadOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  const Symbol x = symbol(getX()), dy = symbol(dys[0]);
  Symbol dx, dvalue;
  if (needed[0]) {
    SmallVector<Value> starts;
    SmallVector<int64_t> steps;
    for (auto [low, interior] : llvm::zip_equal(getLow(), getInterior())) {
      starts.push_back(integer(dy, low));
      steps.push_back(interior + 1);
    }
    dx = slice(dy, starts, x.sizes(), steps);
  }
  if (needed[1]) {
    using ::torch::op::DType;
    using ::torch::op::Literal;
    const Symbol inside =
        pad(constant(x, Literal::of(DType::Bool, 0), x.sizes()),
            constant(x, Literal::of(DType::Bool, 1)), getLow(), getHigh(), getInterior());
    dvalue = sumTo(select(inside, dy, 0.0), {});
  }
  return {dx, dvalue};
}

SmallVector<Value> ConcatOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  const auto symbol = gradSymbols(*this, builder);
  SmallVector<Value> gradients(getXs().size());
  int64_t start = 0;
  const int64_t dim = getDim();
  for (auto [i, x] : llvm::enumerate(getXs())) {
    const int64_t size = symbol(x).size(dim);
    if (needed[i]) gradients[i] = narrow(symbol(dys[0]), dim, start, size);
    start += size;
  }
  return gradients;
}

}  // namespace mlir::weft
