#include "codegen/loops/lane.h"

#include <cmath>

namespace torch::scalar {
using namespace mlir;
using op::DType;

Type elementType(MLIRContext *context, DType dtype) {
  Builder b(context);
  switch (dtype) {
    case DType::Float: return b.getF32Type();
    case DType::Double: return b.getF64Type();
    case DType::Int: return b.getI32Type();
    case DType::Long: return b.getI64Type();
    case DType::Byte:
    case DType::Char: return b.getI8Type();
    case DType::Short:
    case DType::Half:
    case DType::BFloat16: return b.getI16Type();
    default: return b.getI1Type();
  }
}

namespace {
OpBuilder &builder(const Lane &x) { return *x.e->b; }
Type like(const Lane &x, DType dtype) {
  Type element = elementType(x.v.getContext(), dtype);
  if (VectorType v = x.vectorType()) return VectorType::get(v.getShape(), element);
  return element;
}
Lane make(const Lane &x, mlir::Value v, DType dtype) { return {x.e, v, dtype}; }
template <class O, class... A> Lane emit(const Lane &x, DType dtype, A &&...operands) {
  return make(x, builder(x).create<O>(x.e->loc, std::forward<A>(operands)...), dtype);
}
// Both with the lanes of the wider one.
std::pair<Lane, Lane> unify(const Lane& a, const Lane& b) {
  return {splatLike(a, b), splatLike(b, a)};
}

template <class F, class I> Lane arithmetic(const Lane &x, const Lane &y) {
  auto [a, b] = unify(x, y);
  return a.isFloat() ? emit<F>(a, a.dtype, a.v, b.v) : emit<I>(a, a.dtype, a.v, b.v);
}
Lane compare(const Lane& x, const Lane& y, arith::CmpFPredicate f, arith::CmpIPredicate s,
             arith::CmpIPredicate u) {
  auto [a, b] = unify(x, y);
  if (a.isFloat()) return emit<arith::CmpFOp>(a, DType::Bool, f, a.v, b.v);
  return emit<arith::CmpIOp>(a, DType::Bool, a.isUnsigned() ? u : s, a.v, b.v);
}
DType integerOf(DType d) {
  return d == DType::Float ? DType::Int : d == DType::Double ? DType::Long : d;
}
DType floatOf(DType d) {
  return d == DType::Int ? DType::Float : d == DType::Long ? DType::Double : d;
}
}  // namespace

Lane splatLike(const Lane &x, const Lane &other) {
  VectorType v = other.vectorType();
  if (!v || x.vectorType()) return x;
  return emit<vector::BroadcastOp>(x, x.dtype, VectorType::get(v.getShape(), x.v.getType()), x.v);
}

Lane literalLane(const Emission &e, DType dtype, int64_t bits) {
  op::Literal l;
  l.dtype = dtype;
  l.bits = bits;
  Type type = elementType(e.b->getContext(), dtype);
  TypedAttr value;
  if (op::is_half(dtype)) {
    const float number = static_cast<float>(l.as_double());
    value = e.b->getIntegerAttr(
        type, static_cast<int16_t>(dtype == DType::Half ? c10::Half(number).x
                                                        : c10::BFloat16(number).x));
  } else if (op::is_float(dtype)) {
    value = e.b->getFloatAttr(type, l.as_double());
  } else if (dtype == DType::Bool) {
    value = e.b->getBoolAttr(l.as_int() != 0);
  } else {
    value = e.b->getIntegerAttr(type, l.as_int());
  }
  return {&e, e.b->create<arith::ConstantOp>(e.loc, value), dtype};
}
Lane constant(const Lane& x, double c) {
  return literalLane(*x.e, x.dtype, op::Literal::of(x.dtype, c).bits);
}
Lane integer(const Lane &x, std::int64_t c) { return literalLane(*x.e, integerOf(x.dtype), c); }

Lane operator+(const Lane& a, const Lane& b) {
  return arithmetic<arith::AddFOp, arith::AddIOp>(a, b);
}
Lane operator-(const Lane& a, const Lane& b) {
  return arithmetic<arith::SubFOp, arith::SubIOp>(a, b);
}
Lane operator*(const Lane& a, const Lane& b) {
  return arithmetic<arith::MulFOp, arith::MulIOp>(a, b);
}
// Integers as in ir/scalar/value.h: by 0 it is 0, by -1 it wraps.
Lane operator/(const Lane &a, const Lane &b) {
  if (a.isFloat()) return arithmetic<arith::DivFOp, arith::DivFOp>(a, b);
  Lane zero = integer(a, 0), one = integer(a, 1), byZero = b == zero;
  if (a.isUnsigned()) {
    auto [x, y] = unify(a, select(byZero, one, b));
    return select(byZero, zero, emit<arith::DivUIOp>(x, x.dtype, x.v, y.v));
  }
  Lane byMinusOne = b == integer(a, -1);
  auto [x, y] = unify(a, select(byZero | byMinusOne, one, b));
  return select(byZero, zero, select(byMinusOne, -a, emit<arith::DivSIOp>(x, x.dtype, x.v, y.v)));
}
Lane operator-(const Lane &a) {
  if (a.isFloat()) return emit<arith::NegFOp>(a, a.dtype, a.v);
  return integer(a, 0) - a;
}

using FP = arith::CmpFPredicate;
using IP = arith::CmpIPredicate;
Lane operator<(const Lane &a, const Lane &b) { return compare(a, b, FP::OLT, IP::slt, IP::ult); }
Lane operator<=(const Lane &a, const Lane &b) { return compare(a, b, FP::OLE, IP::sle, IP::ule); }
Lane operator>(const Lane &a, const Lane &b) { return compare(a, b, FP::OGT, IP::sgt, IP::ugt); }
Lane operator>=(const Lane &a, const Lane &b) { return compare(a, b, FP::OGE, IP::sge, IP::uge); }
Lane operator==(const Lane &a, const Lane &b) { return compare(a, b, FP::OEQ, IP::eq, IP::eq); }
Lane operator!=(const Lane &a, const Lane &b) { return compare(a, b, FP::UNE, IP::ne, IP::ne); }
Lane operator&(const Lane& a, const Lane& b) {
  return arithmetic<arith::AndIOp, arith::AndIOp>(a, b);
}
Lane operator|(const Lane& a, const Lane& b) {
  return arithmetic<arith::OrIOp, arith::OrIOp>(a, b);
}
Lane operator^(const Lane& a, const Lane& b) {
  return arithmetic<arith::XOrIOp, arith::XOrIOp>(a, b);
}
Lane operator!(const Lane &a) { return a ^ literalLane(*a.e, DType::Bool, 1); }
Lane bitwise_not(const Lane &a) { return a.dtype == DType::Bool ? !a : a ^ integer(a, -1); }

Lane select(const Lane &m, const Lane &x, const Lane &y) {
  auto [a, b] = unify(x, y);
  if (m.vectorType()) a = splatLike(a, m), b = splatLike(b, m);
  return emit<arith::SelectOp>(a, a.dtype, m.v, a.v, b.v);
}
Lane fma(const Lane &a, const Lane &b, const Lane &c) {
  if (!a.e->fma) return a * b + c;
  auto [x, y] = unify(a, b);
  auto [x1, z] = unify(x, c);
  y = splatLike(y, z);
  return emit<math::FmaOp>(x1, a.dtype, x1.v, y.v, z.v);
}
Lane abs(const Lane &a) {
  if (a.isFloat()) return emit<math::AbsFOp>(a, a.dtype, a.v);
  return a.isUnsigned() ? a : select(a < integer(a, 0), -a, a);
}
Lane copysign(const Lane &x, const Lane &y) {
  auto [a, s] = unify(x, y);
  return emit<math::CopySignOp>(a, a.dtype, a.v, s.v);
}
Lane sqrt(const Lane &a) { return emit<math::SqrtOp>(a, a.dtype, a.v); }
Lane floor(const Lane &a) { return emit<math::FloorOp>(a, a.dtype, a.v); }
Lane nearest(const Lane &a) { return emit<math::RoundEvenOp>(a, a.dtype, a.v); }
Lane bits(const Lane &a) {
  DType i = integerOf(a.dtype);
  return emit<arith::BitcastOp>(a, i, like(a, i), a.v);
}
Lane from_bits(const Lane &a) {
  DType f = floatOf(a.dtype);
  return emit<arith::BitcastOp>(a, f, like(a, f), a.v);
}
Lane to_int(const Lane &a) {
  DType i = integerOf(a.dtype);
  return emit<arith::FPToSIOp>(a, i, like(a, i), a.v);
}
Lane to_float(const Lane &a) {
  DType f = floatOf(a.dtype);
  return emit<arith::SIToFPOp>(a, f, like(a, f), a.v);
}
Lane shift_left(const Lane& a, const Lane& n) {
  return arithmetic<arith::ShLIOp, arith::ShLIOp>(a, n);
}
Lane shift_right(const Lane& a, const Lane& n) {
  return a.isUnsigned() ? shift_right_logical(a, n)
                        : arithmetic<arith::ShRSIOp, arith::ShRSIOp>(a, n);
}
Lane shift_right_logical(const Lane& a, const Lane& n) {
  return arithmetic<arith::ShRUIOp, arith::ShRUIOp>(a, n);
}
Lane multiply_high(const Lane &x, const Lane &y) {
  auto [a, b] = unify(x, y);
  return make(a, builder(a).create<arith::MulUIExtendedOp>(a.e->loc, a.v, b.v).getHigh(), a.dtype);
}

namespace {
// x86-64-v3 converts f16 (vcvtph2ps); bf16 goes by integers, since its instruction (vcvtneps2bf16)
// takes denormals for zero.
Lane widen(const Lane &x) {
  if (x.dtype == DType::Half) {
    Type half = Float16Type::get(x.v.getContext()), type = half;
    if (VectorType v = x.vectorType()) type = VectorType::get(v.getShape(), half);
    mlir::Value bits = builder(x).create<arith::BitcastOp>(x.e->loc, type, x.v);
    return emit<arith::ExtFOp>(x, DType::Float, like(x, DType::Float), bits);
  }
  const Lane word = emit<arith::ExtUIOp>(x, DType::Int, like(x, DType::Int), x.v);
  return from_bits(shift_left(word, 16));
}
Lane narrow(const Lane &x, DType to) {
  if (to == DType::Half) {
    Type half = Float16Type::get(x.v.getContext()), type = half;
    if (VectorType v = x.vectorType()) type = VectorType::get(v.getShape(), half);
    mlir::Value rounded = builder(x).create<arith::TruncFOp>(x.e->loc, type, x.v);
    return emit<arith::BitcastOp>(x, to, like(x, to), rounded);
  }
  const Lane word = bits(x), upper = shift_right_logical(word, 16);
  const Lane rounded =
      shift_right_logical(word + integer(word, 0x7fff) + (upper & integer(word, 1)), 16);
  const Lane kept = select(x != x, upper | integer(word, 0x40), rounded);
  return emit<arith::TruncIOp>(x, to, like(x, to), kept.v);
}
}  // namespace

Lane castLane(const Lane &x, DType to) {
  if (x.dtype == to) return x;
  if (op::is_half(x.dtype)) return castLane(widen(x), to);
  if (op::is_half(to)) return narrow(castLane(x, DType::Float), to);
  if (to == DType::Bool) return x != constant(x, 0);
  Type type = like(x, to);
  bool toFloat = op::is_float(to);
  if (x.isFloat()) {
    if (toFloat)
      return op::dtype_bytes(to) > op::dtype_bytes(x.dtype)
                 ? emit<arith::ExtFOp>(x, to, type, x.v)
                 : emit<arith::TruncFOp>(x, to, type, x.v);
    if (op::dtype_bytes(to) < 4) return castLane(castLane(x, DType::Int), to);
    // Of numbers that the integers have not, and of nan, LLVM would make anything: the smallest
    // integer, as x86 does.
    const double limit = std::ldexp(1.0, static_cast<int>(8 * op::dtype_bytes(to)) - 1);
    const Lane smallest = literalLane(*x.e, to, to == DType::Int ? INT32_MIN : INT64_MIN);
    return select((x >= constant(x, -limit)) & (x < constant(x, limit)),
                  emit<arith::FPToSIOp>(x, to, type, x.v), smallest);
  }
  if (toFloat)
    return x.isUnsigned() ? emit<arith::UIToFPOp>(x, to, type, x.v)
                          : emit<arith::SIToFPOp>(x, to, type, x.v);
  int from = x.dtype == DType::Bool ? 1 : element_bits(x),
      bits = static_cast<int>(8 * op::dtype_bytes(to));
  if (bits == from) return make(x, x.v, to);
  if (bits < from) return emit<arith::TruncIOp>(x, to, type, x.v);
  return x.isUnsigned() ? emit<arith::ExtUIOp>(x, to, type, x.v)
                        : emit<arith::ExtSIOp>(x, to, type, x.v);
}
}  // namespace torch::scalar
