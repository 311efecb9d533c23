// Pooling: an element goes through the places of its window in order, unrolled or, where they are
// many, as a fold.
#include <cmath>

#include "codegen/loops/trace.h"
#include "ir/interface/convert.h"

namespace mlir::weft {
using ::torch::op::Op;

namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
DType dtypeOf(Value v) { return toType(v.getType()).dtype; }
size_t spatialDims(Operation *op) { return cast<DenseI64ArrayAttr>(op->getAttr("window")).size(); }
}  // namespace

Trace::Values Trace::throughPlaces(Operation *op, const IndexVector &index, Values values,
                                   llvm::function_ref<Values(Source &, llvm::ArrayRef<int>)> step) {
  int64_t count = windowPlaces(op);
  for (int64_t p = 0; count <= kUnrolledPlaces && p < count; ++p) {
    Source s = windowSource(op, index, Index(p), nest_.space);
    values = step(s, values);
  }
  if (count <= kUnrolledPlaces) return values;
  int number = static_cast<int>(nest_.folds.size());
  Index place = nest_.space.dim(count);
  nest_.folds.push_back({place.terms[0].atom, count, {}});
  Values current;
  for (auto [i, v] : llvm::enumerate(values)) {
    NestNode n{NestNode::given, nest_.nodes[v].dtype};
    n.argument = static_cast<int>(i);
    n.size = number + 1;
    current.push_back(add(std::move(n)));
  }
  Source s = windowSource(op, index, place, nest_.space);
  Values next = step(s, current), last;
  for (auto [i, v] : llvm::enumerate(values))
    nest_.folds[number].states.push_back({v, current[i], next[i]});
  for (auto [i, v] : llvm::enumerate(values)) {
    NestNode n{NestNode::fold, nest_.nodes[v].dtype};
    n.argument = number;
    n.size = static_cast<int64_t>(i);
    n.operands = {v, next[i]};
    last.push_back(add(std::move(n)));
  }
  return last;
}

// Less than which nothing is.
int Trace::lowest(DType dtype) {
  if (::torch::op::is_float(dtype)) return literal(dtype, -INFINITY);
  NestNode n{NestNode::literal, dtype};
  int bits = 8 * static_cast<int>(::torch::op::dtype_bytes(dtype));
  n.bits = ::torch::op::find_dtype(dtype)->is_signed ? INT64_MIN >> (64 - bits) : 0;
  return add(std::move(n));
}

int Trace::both(int a, int b) {
  return a < 0 ? b : b < 0 ? a : compute(Op::bitwise_and, DType::Bool, {a, b});
}

int Trace::spatialPosition(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> sizes,
                           size_t spatial) {
  NestNode at{NestNode::position, DType::Long};
  at.index = nest_.space.linearize(index.take_back(spatial), sizes.take_back(spatial));
  return add(std::move(at));
}

// The first of the largest: a later position wins if it is larger, or the first nan; one in the
// padding never, and while none was found, the first valid one does. Values: the best, its
// position, whether one was found.
int Trace::pullMaxPool(Operation *op, unsigned result, const IndexVector &index, int mask) {
  Value x = op->getOperand(0);
  DType dtype = dtypeOf(x);
  int none = literal(DType::Bool, 0), all = literal(DType::Bool, 1);
  auto either = [&](int a, int b) { return compute(Op::bitwise_or, DType::Bool, {a, b}); };
  auto step = [&](Source &s, llvm::ArrayRef<int> was) -> Values {
    int condition = guarded(s.guards, -1), value = pull(x, s.index, both(mask, condition));
    int position = spatialPosition(s.index, sizesOf(x), spatialDims(op));
    int take;
    if (was[2] == none) {
      take = condition;
    } else {
      take = compute(Op::gt, DType::Bool, {value, was[0]});
      if (::torch::op::is_float(dtype)) {
        int isNan = compute(Op::ne, DType::Bool, {value, value});
        int wasNumber = compute(Op::eq, DType::Bool, {was[0], was[0]});
        take = either(take, compute(Op::bitwise_and, DType::Bool, {isNan, wasNumber}));
      }
      if (was[2] != all) take = either(take, compute(Op::bitwise_not, DType::Bool, {was[2]}));
      take = both(take, condition);
    }
    if (take < 0) return {value, position, all};
    int found = was[2] == all || condition < 0 ? all
                : was[2] == none               ? condition
                                               : either(was[2], condition);
    return {compute(Op::select, dtype, {take, value, was[0]}),
            compute(Op::select, DType::Long, {take, position, was[1]}), found};
  };
  Values best = throughPlaces(op, index, {lowest(dtype), literal(DType::Long, 0), none}, step);
  know(op->getResult(1 - result), index, mask, best[1 - result]);
  return best[result];
}

int Trace::pullMaxPoolGrad(Operation *op, const IndexVector &index, int mask) {
  Value dy = op->getOperand(0), indices = op->getOperand(1);
  DType dtype = dtypeOf(dy);
  int here = spatialPosition(index, sizesOf(op->getResult(0)), spatialDims(op)),
      zero = literal(dtype, 0);
  auto step = [&](Source &s, llvm::ArrayRef<int> sum) -> Values {
    int inside = guarded(s.guards, mask);
    int hit = both(compute(Op::eq, DType::Bool, {pull(indices, s.index, inside), here}), inside);
    int term = compute(Op::select, dtype, {hit, pull(dy, s.index, inside), zero});
    return {compute(dtype == DType::Bool ? Op::bitwise_or : Op::add, dtype, {sum[0], term})};
  };
  return throughPlaces(op, index, {zero}, step)[0];
}

int Trace::pullWindowSum(Operation *op, const IndexVector &index, int mask) {
  DType dtype = dtypeOf(op->getResult(0));
  int zero = literal(dtype, 0);
  auto step = [&](Source &s, llvm::ArrayRef<int> sum) -> Values {
    int inside = guarded(s.guards, mask), value = pull(op->getOperand(0), s.index, inside);
    if (inside >= 0) value = compute(Op::select, dtype, {inside, value, zero});
    return {compute(Op::add, dtype, {sum[0], value})};
  };
  return throughPlaces(op, index, {zero}, step)[0];
}
}  // namespace mlir::weft
