/// The value type with which the scalar formulas of ir/scalar emit code: a scalar or a vector of
/// lanes, as arith and math ops. It lives in torch::scalar so that the formulas find its words.
#pragma once
#include "ir/op/op.h"
#include "ir/scalar/elementwise.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"

namespace torch::scalar {

struct Emission {
  mlir::OpBuilder *b;
  mlir::Location loc;
  bool fma = true;  // the target has it; else a * b + c, in two roundings
  bool outlines = false;  // a long formula is a function of the module, which code calls
};

struct Lane {
  const Emission *e = nullptr;
  mlir::Value v;
  op::DType dtype = op::DType::Undefined;

  mlir::VectorType vectorType() const { return mlir::dyn_cast<mlir::VectorType>(v.getType()); }
  bool isFloat() const { return op::is_float(dtype); }
  bool isUnsigned() const { return dtype == op::DType::Byte || dtype == op::DType::Bool; }
};

/// The MLIR type of one element in registers (bool is i1, u8 is i8). f16 and bf16 are their bits,
/// i16: they are moved and converted, never computed with (applyOp widens).
mlir::Type elementType(mlir::MLIRContext *context, op::DType dtype);
/// `x` with as many lanes as `like`.
Lane splatLike(const Lane &x, const Lane &like);
Lane literalLane(const Emission &e, op::DType dtype, int64_t bits);
/// torch's conversion of numbers: f16 and bf16 are reached, and left, through f32.
Lane castLane(const Lane &x, op::DType to);
/// An elementwise op of the table, or cast (`dtype` is the result's).
Lane applyOp(op::Op op, op::DType dtype, llvm::ArrayRef<Lane> operands);

// The vocabulary of ir/scalar/value.h.
inline int element_bits(const Lane &x) { return static_cast<int>(8 * op::dtype_bytes(x.dtype)); }
Lane constant(const Lane &like, double c);
Lane integer(const Lane &like, std::int64_t c);

Lane operator+(const Lane &a, const Lane &b);
Lane operator-(const Lane &a, const Lane &b);
Lane operator*(const Lane &a, const Lane &b);
Lane operator/(const Lane &a, const Lane &b);
Lane operator-(const Lane &a);
Lane operator<(const Lane &a, const Lane &b);
Lane operator<=(const Lane &a, const Lane &b);
Lane operator>(const Lane &a, const Lane &b);
Lane operator>=(const Lane &a, const Lane &b);
Lane operator==(const Lane &a, const Lane &b);
Lane operator!=(const Lane &a, const Lane &b);
Lane operator&(const Lane &a, const Lane &b);
Lane operator|(const Lane &a, const Lane &b);
Lane operator^(const Lane &a, const Lane &b);
Lane operator!(const Lane &a);
Lane select(const Lane &m, const Lane &a, const Lane &b);
Lane fma(const Lane &a, const Lane &b, const Lane &c);
Lane abs(const Lane &a);
Lane copysign(const Lane &a, const Lane &s);
Lane sqrt(const Lane &a);
Lane floor(const Lane &a);
Lane nearest(const Lane &a);
Lane bits(const Lane &a);
Lane from_bits(const Lane &a);
Lane to_int(const Lane &a);
Lane to_float(const Lane &a);
Lane shift_left(const Lane &a, const Lane &n);
Lane shift_right(const Lane &a, const Lane &n);
Lane shift_right_logical(const Lane &a, const Lane &n);
inline Lane shift_left(const Lane &a, int n) { return shift_left(a, integer(a, n)); }
inline Lane shift_right(const Lane &a, int n) { return shift_right(a, integer(a, n)); }
inline Lane shift_right_logical(const Lane& a, int n) {
  return shift_right_logical(a, integer(a, n));
}
Lane multiply_high(const Lane &a, const Lane &b);
Lane bitwise_not(const Lane &a);
inline Lane fmod(const Lane& a, const Lane& b) {
  return a.isFloat() ? fmod_float(a, b) : fmod_int(a, b);
}

/// The mask's lanes are looked at: `f` runs only if one is set.
template <class F> Lane rarely(const Lane &mask, const Lane &usual, F f) {
  mlir::OpBuilder &b = *mask.e->b;
  mlir::Location loc = mask.e->loc;
  mlir::Value any = mask.v;
  if (mask.vectorType())
    any = b.create<mlir::vector::ReductionOp>(loc, mlir::vector::CombiningKind::OR, any);
  auto branch = b.create<mlir::scf::IfOp>(loc, usual.v.getType(), any, true);
  b.setInsertionPointToStart(branch.thenBlock());
  Lane other = f();
  b.create<mlir::scf::YieldOp>(loc, select(mask, other, usual).v);
  b.setInsertionPointToStart(branch.elseBlock());
  b.create<mlir::scf::YieldOp>(loc, usual.v);
  b.setInsertionPointAfter(branch);
  return {usual.e, branch.getResult(0), usual.dtype};
}
}  // namespace torch::scalar
