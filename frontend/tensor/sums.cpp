// Sums and differences: alpha, and what they are of truth values.
#include "frontend/tensor/binary_inside.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/pointwise.h"

namespace torch {
namespace {
constexpr Named add_op{.op = Op::add, .kind = Kind::plain, .number_label = "AddBackward1"},
    sub_op{.op = Op::sub, .kind = Kind::plain, .number_label = "SubBackward1"};

// Unless the program says otherwise alpha is the integer 1. (A 1.0 that it computes is a number as
// any other, so that it can become 0.9 without another graph.)
bool said(const Scalar& alpha) { return !(alpha.isIntegral(false) && alpha.toLong() == 1); }

void refuse_bools(const Side& a, const Side& b, const How& how) {
  auto is_bool = [](const Side& s) {
    return s.tensor ? s.tensor->scalar_type() == kBool : s.scalar->isBoolean();
  };
  if (a.tensor) require(*a.tensor, how);
  if (b.tensor) require(*b.tensor, how);
  if (is_bool(a) && is_bool(b))
    refuse(how.where, how.what,
           "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
           "`logical_xor()` "
           "operator instead.");
  if (is_bool(a) || is_bool(b))
    refuse(how.where, how.what,
           "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying "
           "to invert a mask, "
           "use the `~` or `logical_not()` operator instead.");
}

Value scaled_sum(const Named& named, const Side& a, const Side& b, const Scalar& alpha,
                 const How& how) {
  if (named.op == Op::sub) refuse_bools(a, b, how);
  const ScalarType type = common(a, b, how);
  // The sum of two truth values is whether one holds.
  if (type == kBool && named.op == Op::add && alpha.isIntegral(true)) {
    const bool counts = alpha.isBoolean() ? alpha.toBool() : alpha.toLong() != 0;
    return counts ? logical_op(Op::bitwise_or, a, b, how) : a.in(type, how).value;
  }
  if (!said(alpha)) return named.value(a, b, how);
  if (alpha.isBoolean() && type != kBool)
    refuse(how.where, how.what, "Boolean alpha only supported for Boolean results.");
  if (!isFloatingType(type) && !alpha.isIntegral(true))
    refuse(how.where, how.what,
           "For integral input tensors, argument alpha must not be a floating point number.");
  const ScalarType in = op::computed_in(type);
  const Value scaled =
      record::record(Op::mul, {b.in(in, how), number(alpha, in, how.where)}, {}, how);
  const Value sum = record::record(named.op, {a.in(in, how), scaled}, {}, how);
  const char* own = named.op == Op::add ? "AddBackward0" : "SubBackward0";
  return in == type ? sum : narrowed(sum, type, How(how.where, own, how.what));
}
Tensor add_any(const Side& a, const Side& b, const Scalar& alpha, Location where) {
  return result(scaled_sum(add_op, a, b, alpha, How(where, add_op.label_with(b), "add")), a, b);
}
Tensor sub_any(const Side& a, const Side& b, const Scalar& alpha, Location where) {
  const How how(where, sub_op.label_with(b), "sub");
  return result(scaled_sum(sub_op, a, b, alpha, how), a, b);
}
}  // namespace

#define WEFT_SUMS(f)                                                                     \
  Tensor f(In self, const Tensor& other, const Scalar& alpha) {                          \
    return f##_any(self.tensor, other, alpha, self.where);                               \
  }                                                                                      \
  Tensor f(In self, const Scalar& other, const Scalar& alpha) {                          \
    return f##_any(self.tensor, other, alpha, self.where);                               \
  }                                                                                      \
  Tensor Tensor::f(const Tensor& other, const Scalar& alpha, Location where) const {     \
    return f##_any(*this, other, alpha, where);                                          \
  }                                                                                      \
  Tensor Tensor::f(const Scalar& other, const Scalar& alpha, Location where) const {     \
    return f##_any(*this, other, alpha, where);                                          \
  }                                                                                      \
  Tensor& Tensor::f##_(const Tensor& other, const Scalar& alpha, Location where) const { \
    const How how = writing(*this, where, nullptr, #f "_");                              \
    check_overlap(*this, other, how);                                                    \
    return write_back(*this, scaled_sum(f##_op, *this, other, alpha, how), how);         \
  }                                                                                      \
  Tensor& Tensor::f##_(const Scalar& other, const Scalar& alpha, Location where) const { \
    const How how = writing(*this, where, f##_op.number_label, #f "_");                  \
    return write_back(*this, scaled_sum(f##_op, *this, other, alpha, how), how);         \
  }
WEFT_SUMS(add)
WEFT_SUMS(sub)
#undef WEFT_SUMS
Tensor subtract(In self, const Tensor& other, const Scalar& alpha) {
  return sub_any(self.tensor, other, alpha, self.where);
}
Tensor subtract(In self, const Scalar& other, const Scalar& alpha) {
  return sub_any(self.tensor, other, alpha, self.where);
}
Tensor rsub(In self, const Tensor& other, const Scalar& alpha) {
  return sub_any(other, self.tensor, alpha, self.where);
}
Tensor rsub(In self, const Scalar& other, const Scalar& alpha) {
  return sub_any(other, self.tensor, alpha, self.where);
}

#define WEFT_OPERATOR(symbol, f)                                                             \
  Tensor operator symbol(In a, const Tensor& b) { return f##_any(a.tensor, b, 1, a.where); } \
  Tensor operator symbol(In a, const Scalar& b) { return f##_any(a.tensor, b, 1, a.where); } \
  Tensor operator symbol(ScalarIn a, const Tensor& b) { return f##_any(a.scalar, b, 1, a.where); }
WEFT_OPERATOR(+, add)
WEFT_OPERATOR(-, sub)
#undef WEFT_OPERATOR

Tensor& Tensor::operator+=(In other) const { return add_(other.tensor, 1, other.where); }
Tensor& Tensor::operator-=(In other) const { return sub_(other.tensor, 1, other.where); }
Tensor& Tensor::operator+=(ScalarIn other) const { return add_(other.scalar, 1, other.where); }
Tensor& Tensor::operator-=(ScalarIn other) const { return sub_(other.scalar, 1, other.where); }
}  // namespace torch
