#include "codegen/loops/reducer.h"

#include <cmath>

namespace mlir::weft {
namespace scalar = ::torch::scalar;
using ::torch::op::Op;

Lane Reducer::spread(Lane x, int lanes) const {
  if (!lanes) return x;
  auto type = VectorType::get({lanes}, x.v.getType());
  return {&e.emission, e.b.create<vector::BroadcastOp>(e.loc(), type, x.v), x.dtype};
}

Lane Reducer::extreme(DType d, bool least) const {
  if (::torch::op::is_float(d)) return literal(d, least ? -INFINITY : INFINITY);
  int bits = 8 * static_cast<int>(::torch::op::dtype_bytes(d));
  int64_t low = d == DType::Byte || d == DType::Bool ? 0 : INT64_MIN >> (64 - bits);
  int64_t high = d == DType::Bool ? 1 : d == DType::Byte ? 255 : INT64_MAX >> (64 - bits);
  return scalar::literalLane(e.emission, d, least ? low : high);
}

Running Reducer::identity(int lanes) const {
  DType d = operandType();
  switch (node.op) {
    case Op::sum: return {spread(literal(d, 0), lanes)};
    case Op::prod: return {spread(literal(d, 1), lanes)};
    case Op::max: return {spread(extreme(d, true), lanes)};
    case Op::min: return {spread(extreme(d, false), lanes)};
    case Op::any: return {spread(literal(d, 0), lanes)};
    case Op::all: return {spread(literal(d, 1), lanes)};
    case Op::argmax:
    case Op::argmin:
      return {spread(extreme(d, node.op == Op::argmax), lanes),
              spread(scalar::literalLane(e.emission, DType::Long, INT64_MAX), lanes)};
    default: throw RuleError("loops: not a reduction");
  }
}

Running Reducer::combine(const Running &a, const Running &b) const {
  switch (node.op) {
    case Op::sum: return {a[0] + b[0]};
    case Op::prod: return {a[0] * b[0]};
    case Op::max: return {scalar::maximum(a[0], b[0])};
    case Op::min: return {scalar::minimum(a[0], b[0])};
    case Op::any: return {a[0] | b[0]};
    case Op::all: return {a[0] & b[0]};
    default: break;
  }
  // The better value, nan best of all; of equals the lower index.
  Lane better = node.op == Op::argmax ? b[0] > a[0] : b[0] < a[0], equal = b[0] == a[0];
  if (a[0].isFloat()) {
    Lane nanA = a[0] != a[0], nanB = b[0] != b[0];
    better = (better & !nanA) | (nanB & !nanA);
    equal = equal | (nanA & nanB);
  }
  Lane take = better | (equal & (b[1] < a[1]));
  return {scalar::select(take, b[0], a[0]), scalar::select(take, b[1], a[1])};
}

Running Reducer::element(Level &level, int lanes) const {
  Lane x = e.get(node.operands[0], level);
  e.at(level);
  Running out{lanes && !x.vectorType() ? spread(x, lanes) : x};
  if (isIndexReduction(node.op)) {
    Value r = level.indices.lookup(e.nest.reducedDim);
    Lane i{&e.emission, e.b.create<arith::IndexCastOp>(e.loc(), e.b.getI64Type(), r), DType::Long};
    i = spread(i, lanes);
    if (e.laneDim == e.nest.reducedDim) {
      llvm::SmallVector<int64_t> steps;
      for (int l = 0; l < lanes; ++l) steps.push_back(l);
      auto type = VectorType::get({lanes}, e.b.getI64Type());
      Value iota = e.b.create<arith::ConstantOp>(e.loc(), DenseIntElementsAttr::get(type, steps));
      i = i + Lane{&e.emission, iota, DType::Long};
    }
    out.push_back(i);
  }
  if (!level.mask || e.laneDim != e.nest.reducedDim) return out;
  Lane mask{&e.emission, level.mask, DType::Bool};
  Running neutral = identity(lanes);
  for (size_t k = 0; k < out.size(); ++k) out[k] = scalar::select(mask, out[k], neutral[k]);
  return out;
}
}  // namespace mlir::weft
