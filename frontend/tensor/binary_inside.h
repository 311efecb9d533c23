/// What elementwise functions of two share: sides that are tensors or numbers, and the ops that they
/// are.
#pragma once
#include "frontend/tensor/compute_inside.h"

namespace torch {

/// One side of an op: a tensor or a number.
struct Side {
  const Tensor* tensor = nullptr;
  const Scalar* scalar = nullptr;
  Side(const Tensor& t) : tensor(&t) {}
  Side(const Scalar& s) : scalar(&s) {}

  void promote(Promotion& p, const How& how) const {
    if (tensor) require(*tensor, how);
    tensor ? p.add(*tensor) : p.add(*scalar);
  }
  Input in(ScalarType type, const How& how) const;
};

enum class Kind { plain, floating, comparison };

/// The dtype that both sides are promoted to.
ScalarType common(const Side& a, const Side& b, const How& how);
/// The result of two sides; numbers have no strides to pass on.
Tensor result(Value v, const Side& a, const Side& b);
/// Of truth values: what is not zero holds.
Value logical_op(Op op, const Side& a, const Side& b, const How& how);

/// An op of the table by another name or not; what is no op of its own is a function.
struct Named {
  Op op;
  Kind kind;
  Value (*compute)(const Side&, const Side&, const How&) = nullptr;
  const char* label = nullptr;
  const char* kernel = nullptr;        // libtorch's, which errors name
  const char* number_label = nullptr;  // where the other side is a number

  const char* label_with(const Side& b) const {
    return b.scalar && number_label ? number_label : label;
  }
  /// Refuses what it is not for: element types, integers divided by a number that is 0.
  Value value(const Side& a, const Side& b, const How& how) const;
  Tensor fresh(const Side& a, const Side& b, Location where, const char* what) const;
  Tensor& in_place(const Tensor& a, const Side& b, Location where, const char* what) const;
};
}  // namespace torch
