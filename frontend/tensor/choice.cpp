// Powers, bounds, choices and sums of products.
#include <algorithm>
#include <limits>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace {

Value op1(Op op, const Operand& x, const How& how) { return record::record(op, {x}, {}, how); }
Value op2(Op op, const Operand& a, const Operand& b, const How& how) {
  return record::record(op, {a, b}, {}, how);
}
Value op3(Op op, const Operand& a, const Operand& b, const Operand& c, const How& how) {
  return record::record(op, {a, b, c}, {}, how);
}

// A power that the program wrote out chooses the op: x * x is not exp(2 log x).
Value power(const Tensor& self, const Scalar& exponent, const How& how) {
  require(self, how);
  const ScalarType type = Promotion().add(self).add(exponent).result();
  const double e = exponent.toDouble();
  if (!isFloatingType(type) && e < 0)
    refuse(how.where, how.what, "Integers to negative integer powers are not allowed.");
  if (type == kBool) {  // to the power of a truth value
    const Value x = value_of(self, how);
    return e == 1 ? own_history(x, how) : op2(Op::eq, x, x, how);
  }
  const bool floating = isFloatingType(type), composed = e == 3 || (floating && e == -2);
  const Input x = input(self, composed ? op::computed_in(type) : type, how);
  if (e == 2) return op1(Op::square, x, how);
  if (e == 1) return own_history(x.value, how);
  if (floating && e == 0.5) return op1(Op::sqrt, x, how);
  if (floating && e == -0.5) return op1(Op::rsqrt, x, how);
  if (floating && e == -1) return op1(Op::reciprocal, x, how);
  if (composed) {
    const Value square = op1(Op::square, x, how);
    const Value y = e == 3 ? op2(Op::mul, square, x, how) : op1(Op::reciprocal, square, how);
    return narrowed(y, type, how);
  }
  return op2(Op::pow, x, number(exponent, x.value.type().dtype, how.where), how);
}
Value power(const Tensor& self, const Tensor& exponent, const How& how) {
  require(self, how);
  require(exponent, how);
  const ScalarType type = result_type(self, exponent);
  if (type == kBool)
    refuse<c10::NotImplementedError>(how.where, how.what, "\"pow\" not implemented for 'Bool'");
  return op2(Op::pow, input(self, type, how), input(exponent, type, how), how);
}
constexpr const char *pow0 = "PowBackward0", *pow1 = "PowBackward1";

// The ends of a type: infinities of floating ones.
Scalar end_of(ScalarType type, bool high) {
  Scalar end;
  op::visit_dtype(type, [&](auto zero) {
    using L = std::numeric_limits<decltype(zero)>;
    if constexpr (L::has_infinity) end = high ? L::infinity() : -L::infinity();
    else end = high ? L::max() : L::lowest();
  });
  return end;
}
}  // namespace

Scalar lowest_of(ScalarType type) { return end_of(type, false); }
Scalar largest_of(ScalarType type) { return end_of(type, true); }

namespace {
using Bound = optional<Scalar>;
Value clamped(const Tensor& self, const Bound& min, const Bound& max, const How& how) {
  require(self, how);
  if (!min && !max) refuse(how.where, how.what, "At least one of 'min' or 'max' must not be None");
  Promotion p;
  p.add(self);
  if (min) p.add(*min);
  if (max) p.add(*max);
  const ScalarType type = p.result();
  const Scalar low = lowest_of(type), high = largest_of(type);
  // Beyond the ends of an integer type no bound is different from the end.
  const auto bound = [&](const Bound& b, bool is_min) {
    if (!b) return number(is_min ? low : high, type, how.where);
    if (!isIntegralType(type, false)) return number(*b, type, how.where);
    const bool beyond = is_min ? b->toLong() > high.toLong() : b->toLong() < low.toLong();
    if (beyond)
      refuse(how.where, how.what, "Clamp ", is_min ? "min" : "max", " value ", *b,
             " is outside the representable range of ", c10::toString(type));
    return number(std::clamp(b->toLong(), low.toLong(), high.toLong()), type, how.where);
  };
  return op3(Op::clamp, input(self, type, how), bound(min, true), bound(max, false), how);
}
Value clamped(const Tensor& self, const optional<Tensor>& min, const optional<Tensor>& max,
              const How& how) {
  require(self, how);
  const bool low = min && min->defined(), high = max && max->defined();
  if (!low && !high) refuse(how.where, how.what, "At least one of 'min' or 'max' must not be None");
  Promotion p;
  p.add(self);
  if (low) p.add(*min);
  if (high) p.add(*max);
  const ScalarType type = p.result();
  if (type == kBool && low != high)
    return op2(low ? Op::bitwise_or : Op::bitwise_and, input(self, how),
               input(low ? *min : *max, how), how);
  // Bounds that are tensors share the gradient where they are equal, as maximum and minimum do.
  Input x = input(self, type, how);
  if (low) x = Input{op2(Op::maximum, x, input(*min, type, how), how)};
  if (high) x = Input{op2(Op::minimum, x, input(*max, type, how), how)};
  return x.value;
}

Value condition(const Tensor& c, const How& how) {
  require(c, how);
  if (c.scalar_type() != kBool && c.scalar_type() != kByte)
    refuse(how.where, how.what,
           "where expected condition to be a boolean tensor, but got a tensor with dtype ",
           c10::toString(c.scalar_type()));
  return cast(value_of(c, how), kBool, how);
}
Value chosen(const Tensor& c, const Tensor& a, const Tensor& b, const How& how) {
  require(a, how);
  require(b, how);
  const ScalarType type = result_type(a, b);
  return op3(Op::select, condition(c, how), input(a, type, how), input(b, type, how), how);
}
Value masked(const Tensor& self, const Tensor& mask, const Value& value, const How& how) {
  require(mask, how);
  if (mask.scalar_type() != kBool)
    refuse(how.where, how.what,
           "masked_fill_ only supports boolean masks, but got mask with dtype ", mask.dtype());
  return op3(Op::select, value_of(mask, how), value, input(self, how), how);
}
Value masked(const Tensor& self, const Tensor& mask, const Scalar& value, const How& how) {
  require(self, how);
  return masked(self, mask, number(value, self.scalar_type(), how.where), how);
}
Value masked(const Tensor& self, const Tensor& mask, const Tensor& value, const How& how) {
  require(self, how);
  require(value, how);
  if (value.dim() != 0)
    refuse(how.where, how.what,
           "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ",
           value.dim(), " dimension(s).");
  return masked(self, mask, cast(value_of(value, how), self.scalar_type(), how), how);
}

void same_types(const Tensor& self, const Tensor& end, const How& how) {
  require(self, how);
  require(end, how);
  if (self.scalar_type() != end.scalar_type())
    refuse(how.where, how.what, "expected dtype ", self.dtype(), " for `end` but got dtype ",
           end.dtype());
}
void numbers_between(const Tensor& self, const char* kernel, const How& how) {
  if (!self.is_floating_point())
    refuse<c10::NotImplementedError>(how.where, how.what, "\"", kernel, "\" not implemented for '",
                                     c10::toString(self.scalar_type()), "'");
}
// From the end that is nearer, as torch.
Value interpolated(const Tensor& self, const Tensor& end, const Scalar& weight, const How& how) {
  same_types(self, end, how);
  numbers_between(self, "lerp_kernel_scalar", how);
  const ScalarType type = op::computed_in(self.scalar_type());
  const Input a = input(self, type, how), b = input(end, type, how);
  const Value difference = op2(Op::sub, b, a, how);
  const double w = weight.toDouble();
  const Value part = number(w < 0.5 ? weight : Scalar(1 - w), type, how.where);
  const Value y = w < 0.5 ? op2(Op::add, a, op2(Op::mul, part, difference, how), how)
                          : op2(Op::sub, b, op2(Op::mul, difference, part, how), how);
  return narrowed(y, self.scalar_type(), how);
}
Value interpolated(const Tensor& self, const Tensor& end, const Tensor& weight, const How& how) {
  same_types(self, end, how);
  same_types(self, weight, how);
  numbers_between(self, "lerp_kernel_tensor", how);
  const ScalarType type = op::computed_in(self.scalar_type());
  const Input a = input(self, type, how), b = input(end, type, how), w = input(weight, type, how);
  const Value difference = op2(Op::sub, b, a, how);
  const Value near = op2(Op::add, a, op2(Op::mul, w, difference, how), how);
  const Value rest = op2(Op::sub, number(1, type, how.where), w, how);
  const Value far = op2(Op::sub, b, op2(Op::mul, difference, rest, how), how);
  const Value small = op2(Op::lt, op1(Op::abs, w, how), number(0.5, type, how.where), how);
  return narrowed(op3(Op::select, small, near, far, how), self.scalar_type(), how);
}

template <Op join>
Value product_added(const Tensor& self, const Tensor& a, const Tensor& b, const Scalar& value,
                    const How& how) {
  require(self, how);
  require(a, how);
  require(b, how);
  const ScalarType result = Promotion().add(self).add(a).add(b).result(),
                   type = op::computed_in(result);
  if (join == Op::div &&
      (!isFloatingType(type) || (!a.is_floating_point() && !b.is_floating_point())))
    refuse(how.where, how.what,
           "Integer division with addcdiv is no longer supported, and in a future release addcdiv "
           "will perform a "
           "true division of tensor1 and tensor2.");
  const Value factor = number(value, type, how.where);
  const Input x = input(a, type, how), y = input(b, type, how);
  const bool said = !(value.isIntegral(false) && value.toLong() == 1);
  // What these keep of a tensor that is written to is no copy: only the sum overwrites it.
  How inner = how;
  inner.written = nullptr;
  Value term;
  if (join == Op::div) {
    term = op2(Op::div, x, y, inner);
    if (said) term = op2(Op::mul, factor, term, inner);
  } else {
    term = op2(Op::mul, said ? Input{op2(Op::mul, factor, x, inner)} : x, y, inner);
  }
  return narrowed(op2(Op::add, input(self, type, how), term, how), result, how);
}

// Whether column - row of the last two dims is at most (tril) or at least (triu) `diagonal`.
Value triangle(const Tensor& self, int64_t diagonal, bool lower, const How& how) {
  const Value x = value_of(self, how);
  if (self.dim() < 2) refuse(how.where, how.what, "input tensor must have at least 2 dimensions");
  const Dims square{self.size(-2), self.size(-1)};
  auto along = [&](int64_t d) {
    return record::record(Op::iota, {}, op::attrs::iota::pack(square, d, kLong), how);
  };
  const Value distance = op2(Op::sub, along(1), along(0), how);
  const Value inside = op2(lower ? Op::le : Op::ge, distance, record::immediate(diagonal), how);
  return op3(Op::select, inside, input(self, how), number(0, self.scalar_type(), how.where), how);
}
}  // namespace

Tensor pow(In self, const Scalar& e) {
  if (const Autocast cast(casts::pow, {self}); cast.on())
    return pow(In(cast[0], self.where), e);
  return elementwise_result(power(self, e, How(self.where, pow0, "pow")), {&self.tensor});
}
Tensor pow(In self, const Tensor& e) {
  if (const Autocast cast(casts::pow, {self, e}); cast.on())
    return pow(In(cast[0], self.where), cast[1]);
  return elementwise_result(power(self.tensor, e, How(self.where, pow1, "pow")),
                            {&self.tensor, &e});
}
Tensor pow(ScalarIn self, const Tensor& e) {
  if (const Autocast cast(casts::pow, {e}); cast.on())
    return pow(self, cast[0]);
  const How how(self.where, pow1, "pow");
  require(e, how);
  const ScalarType type = Promotion().add(e).add(self.scalar).result();
  if (type == kBool)
    refuse<c10::NotImplementedError>(how.where, how.what, "\"pow\" not implemented for 'Bool'");
  return record::make_tensor(
      op2(Op::pow, number(self.scalar, type, self.where), input(e, type, how), how));
}
#define WEFT_POW(Exponent, label)                                 \
  Tensor Tensor::pow(const Exponent& e, Location where) const {   \
    return torch::pow(In(*this, where), e);                       \
  }                                                               \
  Tensor& Tensor::pow_(const Exponent& e, Location where) const { \
    const How how = writing(*this, where, label, "pow_");         \
    return write_back(*this, power(*this, e, how), how);          \
  }
WEFT_POW(Scalar, pow0)
WEFT_POW(Tensor, pow1)
#undef WEFT_POW

#define WEFT_CLAMP(T, label)                                                                     \
  Tensor clamp(In self, const optional<T>& min, const optional<T>& max) {                        \
    return elementwise_result(clamped(self, min, max, How(self.where, label, "clamp")),          \
                              {&self.tensor});                                                   \
  }                                                                                              \
  Tensor Tensor::clamp(const optional<T>& min, const optional<T>& max, Location where) const {   \
    return torch::clamp(In(*this, where), min, max);                                             \
  }                                                                                              \
  Tensor& Tensor::clamp_(const optional<T>& min, const optional<T>& max, Location where) const { \
    const How how = writing(*this, where, label, "clamp_");                                      \
    return write_back(*this, clamped(*this, min, max, how), how);                                \
  }
WEFT_CLAMP(Scalar, "ClampBackward1")
WEFT_CLAMP(Tensor, "ClampBackward0")
#undef WEFT_CLAMP
Tensor clip(In self, const optional<Scalar>& min, const optional<Scalar>& max) {
  return clamp(self, min, max);
}
Tensor clip(In self, const optional<Tensor>& min, const optional<Tensor>& max) {
  return clamp(self, min, max);
}
Tensor clamp_min(In self, const Scalar& min) {
  return elementwise_result(
      clamped(self, Bound(min), Bound(), How(self.where, "ClampMinBackward0", "clamp_min")),
      {&self.tensor});
}
Tensor clamp_max(In self, const Scalar& max) {
  return elementwise_result(
      clamped(self, Bound(), Bound(max), How(self.where, "ClampMaxBackward0", "clamp_max")),
      {&self.tensor});
}
Tensor Tensor::clamp_min(const Scalar& min, Location where) const {
  return torch::clamp_min(In(*this, where), min);
}
Tensor Tensor::clamp_max(const Scalar& max, Location where) const {
  return torch::clamp_max(In(*this, where), max);
}
Tensor& Tensor::clamp_min_(const Scalar& min, Location where) const {
  return clamp_(Bound(min), Bound(), where);
}
Tensor& Tensor::clamp_max_(const Scalar& max, Location where) const {
  return clamp_(Bound(), Bound(max), where);
}

Tensor where(In c, const Tensor& a, const Tensor& b) {
  return elementwise_result(chosen(c, a, b, How(c.where, "WhereBackward0", "where")),
                            {&c.tensor, &a, &b});
}
namespace {
// A number has the dtype that promotion gives it next to the other side.
Tensor choose_number(const Tensor& c, const Tensor* a, const Scalar* sa, const Tensor* b,
                     const Scalar* sb, Location where) {
  const How how(where, "WhereBackward0", "where");
  Promotion p;
  for (const Tensor* t : {a, b})
    if (t) value_of(*t, how), p.add(*t);
  for (const Scalar* s : {sa, sb})
    if (s) p.add(*s);
  const ScalarType type = p.result();
  const Value test = condition(c, how);
  const Input x = a ? input(*a, type, how) : Input{number(*sa, type, where)};
  const Input y = b ? input(*b, type, how) : Input{number(*sb, type, where)};
  Value v = op3(Op::select, test, x, y, how);
  if (a || b) return elementwise_result(std::move(v), {&c, a ? a : b});
  return elementwise_result(std::move(v), {&c});
}
}  // namespace
Tensor where(In c, const Scalar& a, const Tensor& b) {
  return choose_number(c, nullptr, &a, &b, nullptr, c.where);
}
Tensor where(In c, const Tensor& a, const Scalar& b) {
  return choose_number(c, &a, nullptr, nullptr, &b, c.where);
}
Tensor where(In c, const Scalar& a, const Scalar& b) {
  return choose_number(c, nullptr, &a, nullptr, &b, c.where);
}
Tensor Tensor::where(const Tensor& c, const Tensor& other, Location at) const {
  return torch::where(In(c, at), *this, other);
}
Tensor Tensor::where(const Tensor& c, const Scalar& other, Location at) const {
  return torch::where(In(c, at), *this, other);
}

#define WEFT_MASKED(T, label)                                                                   \
  Tensor masked_fill(In self, const Tensor& mask, const T& value) {                             \
    return record::make_tensor(masked(self, mask, value, How(self.where, label, "masked_fill"))); \
  }                                                                                             \
  Tensor Tensor::masked_fill(const Tensor& mask, const T& value, Location where) const {        \
    return torch::masked_fill(In(*this, where), mask, value);                                   \
  }                                                                                             \
  Tensor& Tensor::masked_fill_(const Tensor& mask, const T& value, Location where) const {      \
    const How how = writing(*this, where, label, "masked_fill_");                               \
    return write_back(*this, masked(*this, mask, value, how), how);                             \
  }
WEFT_MASKED(Scalar, "MaskedFillBackward0")
WEFT_MASKED(Tensor, "MaskedFillBackward1")
#undef WEFT_MASKED

#define WEFT_LERP(T, label)                                                                    \
  Tensor lerp(In self, const Tensor& end, const T& weight) {                                   \
    return elementwise_result(interpolated(self, end, weight, How(self.where, label, "lerp")), \
                              {&self.tensor, &end});                                           \
  }                                                                                            \
  Tensor Tensor::lerp(const Tensor& end, const T& weight, Location where) const {              \
    return torch::lerp(In(*this, where), end, weight);                                         \
  }                                                                                            \
  Tensor& Tensor::lerp_(const Tensor& end, const T& weight, Location where) const {            \
    const How how = writing(*this, where, label, "lerp_");                                     \
    check_overlap(*this, end, how);                                                            \
    return write_back(*this, interpolated(*this, end, weight, how), how);                      \
  }
WEFT_LERP(Scalar, "LerpBackward0")
WEFT_LERP(Tensor, "LerpBackward1")
#undef WEFT_LERP

#define WEFT_ADDC(f, join, label)                                                                 \
  Tensor f(In self, const Tensor& a, const Tensor& b, const Scalar& value) {                      \
    if (const Autocast cast(casts::f, {self, a, b}); cast.on())                                   \
      return f(In(cast[0], self.where), cast[1], cast[2], value);                                 \
    return elementwise_result(product_added<join>(self, a, b, value, How(self.where, label, #f)), \
                              {&self.tensor, &a, &b});                                            \
  }                                                                                               \
  Tensor Tensor::f(const Tensor& a, const Tensor& b, const Scalar& value, Location where) const { \
    return torch::f(In(*this, where), a, b, value);                                               \
  }                                                                                               \
  Tensor& Tensor::f##_(const Tensor& a, const Tensor& b, const Scalar& value, Location where)     \
      const {                                                                                     \
    const How how = writing(*this, where, label, #f "_");                                         \
    check_overlap(*this, a, how);                                                                 \
    check_overlap(*this, b, how);                                                                 \
    return write_back(*this, product_added<join>(*this, a, b, value, how), how);                  \
  }
WEFT_ADDC(addcmul, Op::mul, "AddcmulBackward0")
WEFT_ADDC(addcdiv, Op::div, "AddcdivBackward0")
#undef WEFT_ADDC

Tensor tril(In self, int64_t diagonal) {
  return record::make_tensor(
      triangle(self, diagonal, true, How(self.where, "TrilBackward0", "tril")));
}
Tensor triu(In self, int64_t diagonal) {
  return record::make_tensor(
      triangle(self, diagonal, false, How(self.where, "TriuBackward0", "triu")));
}
}  // namespace torch
