// Elementwise functions of two.
#include "frontend/tensor/binary_inside.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/pointwise.h"

namespace torch {
namespace {

// An integer beside integers wraps around in their type, as a 0-dim tensor of it would.
Scalar wrapped(const Scalar& s, ScalarType type) {
  if (!s.isIntegral(false) || !isIntegralType(type, false)) return s;
  Scalar fits;
  op::visit_computed(type,
                     [&](auto zero) { fits = Scalar(static_cast<decltype(zero)>(s.toLong())); });
  return fits;
}
}  // namespace

Input Side::in(ScalarType type, const How& how) const {
  return tensor ? input(*tensor, type, how)
                : Input{number(wrapped(*scalar, type), type, how.where)};
}
ScalarType common(const Side& a, const Side& b, const How& how) {
  Promotion p;
  a.promote(p, how);
  b.promote(p, how);
  return p.result();
}
Tensor result(Value v, const Side& a, const Side& b) {
  if (!a.tensor) return elementwise_result(std::move(v), {b.tensor});
  if (!b.tensor) return elementwise_result(std::move(v), {a.tensor});
  return elementwise_result(std::move(v), {a.tensor, b.tensor});
}
Value logical_op(Op op, const Side& a, const Side& b, const How& how) {
  auto truth = [&](const Side& s) {
    return cast(s.in(s.tensor ? s.tensor->scalar_type() : s.scalar->type(), how).value, kBool, how);
  };
  if (a.tensor) require(*a.tensor, how);
  if (b.tensor) require(*b.tensor, how);
  return record::record(op, {truth(a), truth(b)}, {}, how);
}

namespace {
// f16 and bf16 are multiplied and divided by numbers that are not rounded to them, as in libtorch.
Value apply(Op op, Kind kind, const Side& a, const Side& b, const How& how) {
  ScalarType type = common(a, b, how);
  if (kind == Kind::floating) type = to_float(type);
  const bool exact = (op == Op::mul || op == Op::div) && (a.scalar || b.scalar);
  const ScalarType in = exact ? op::computed_in(type) : type;
  const Value y = record::record(op, {a.in(in, how), b.in(in, how)}, {}, how);
  if (in == type) return y;
  const char* own = op == Op::mul ? "MulBackward0" : "DivBackward0";
  return narrowed(y, type, How(how.where, how.label ? how.label : own, how.what));
}

void check(const Named& named, const Side& a, const Side& b, const How& how) {
  const Op op = named.op;
  const ScalarType type = common(a, b, how);
  if (!op::takes(op, type))
    refuse<c10::NotImplementedError>(how.where, how.what, "\"", named.kernel,
                                     "\" not implemented for '", c10::toString(type), "'");
  const bool divides = op == Op::div || op == Op::fmod || op == Op::remainder;
  if (divides && b.scalar && isIntegralType(type, false) && wrapped(*b.scalar, type).toLong() == 0)
    refuse(how.where, how.what, "ZeroDivisionError");
}
}  // namespace

Value Named::value(const Side& a, const Side& b, const How& how) const {
  if (kernel) check(*this, a, b, how);
  return compute ? compute(a, b, how) : apply(op, kind, a, b, how);
}
Tensor Named::fresh(const Side& a, const Side& b, Location where, const char* what) const {
  return result(value(a, b, How(where, label_with(b), what)), a, b);
}
Tensor& Named::in_place(const Tensor& a, const Side& b, Location where, const char* what) const {
  const How how = writing(a, where, label_with(b), what);
  if (b.tensor) check_overlap(a, *b.tensor, how);
  return write_back(a, value(a, b, how), how);
}

namespace {
template <Op op> Value logical(const Side& a, const Side& b, const How& how) {
  return logical_op(op, a, b, how);
}

// Rounded down, a quotient of integers is one less than cut off where the remainders have other
// signs. (No sum of the two would do: it may wrap.)
Value floor_of_integers(const Input& x, const Input& y, const Value& quotient, const How& how) {
  const Value cut = record::record(Op::fmod, {x, y}, {}, how),
              down = record::record(Op::remainder, {x, y}, {}, how);
  const Value less = record::record(Op::ne, {cut, down}, {}, how);
  return record::record(Op::sub, {quotient, cast(less, quotient.type().dtype, how)}, {}, how);
}

Value rounded_division(const Side& a, const Side& b, bool down, const How& how) {
  const ScalarType result = common(a, b, how), type = op::computed_in(result);
  const Input x = a.in(type, how), y = b.in(type, how);
  const Value quotient = record::record(Op::div, {x, y}, {}, how);
  if (isFloatingType(type) && !down)
    return narrowed(record::record(Op::trunc, {quotient}, {}, how), result, how);
  if (!down) return quotient;
  if (!isFloatingType(type)) return floor_of_integers(x, y, quotient, how);
  // From the remainder, whose sign is the divisor's: x - remainder is a multiple of y.
  const Value remainder = record::record(Op::remainder, {x, y}, {}, how);
  const Value multiple =
      record::record(Op::div, {record::record(Op::sub, {x, remainder}, {}, how), y}, {}, how);
  // Exact quotients are whole, others nearly; a division by zero is what it is.
  const Value whole = record::record(Op::round, {multiple}, {}, how);
  const Value zero = number(0, type, how.where);
  const Value by_zero = record::record(Op::eq, {y, zero}, {}, how);
  return narrowed(record::record(Op::select, {by_zero, quotient, whole}, {}, how), result, how);
}
Value floor_of(const Side& a, const Side& b, const How& how) {
  return rounded_division(a, b, true, how);
}
Value trunc_of(const Side& a, const Side& b, const How& how) {
  return rounded_division(a, b, false, how);
}

// The product of two truth values is whether both hold.
Value product(const Side& a, const Side& b, const How& how) {
  return common(a, b, how) == kBool ? logical<Op::bitwise_and>(a, b, how)
                                    : apply(Op::mul, Kind::plain, a, b, how);
}

// Of two truth values: whether one holds, whether both do.
Value larger(const Side& a, const Side& b, const How& how) {
  return common(a, b, how) == kBool ? logical<Op::bitwise_or>(a, b, how)
                                    : apply(Op::maximum, Kind::plain, a, b, how);
}
Value smaller(const Side& a, const Side& b, const How& how) {
  return common(a, b, how) == kBool ? logical<Op::bitwise_and>(a, b, how)
                                    : apply(Op::minimum, Kind::plain, a, b, how);
}

constexpr Named
    mul_op{.op = Op::mul, .kind = Kind::plain, .compute = &product,
           .number_label = "MulBackward1"},
    multiply_op = mul_op,
    div_op{.op = Op::div, .kind = Kind::floating, .number_label = "DivBackward1"},
    true_divide_op = div_op,
    floor_divide_op{Op::div, Kind::plain, &floor_of, "FloorDivideBackward0", "div_floor_cpu"},
    div_floor_op{Op::div, Kind::plain, &floor_of, "DivBackward1", "div_floor_cpu"},
    div_trunc_op{Op::div, Kind::plain, &trunc_of, "DivBackward1", "div_trunc_cpu"},
    fmod_op{Op::fmod, Kind::plain, nullptr, nullptr, "fmod_cpu"},
    remainder_op{Op::remainder, Kind::plain, nullptr, nullptr, "remainder_cpu"},
    atan2_op{Op::atan2, Kind::floating}, maximum_op{Op::maximum, Kind::plain, &larger},
    minimum_op{Op::minimum, Kind::plain, &smaller},
    bitwise_and_op{Op::bitwise_and, Kind::plain, nullptr, nullptr, "bitwise_and_cpu"},
    bitwise_or_op{Op::bitwise_or, Kind::plain, nullptr, nullptr, "bitwise_or_cpu"},
    bitwise_xor_op{Op::bitwise_xor, Kind::plain, nullptr, nullptr, "bitwise_xor_cpu"},
    bitwise_left_shift_op{Op::bitwise_left_shift, Kind::plain, nullptr, nullptr, "lshift_cpu"},
    bitwise_right_shift_op{Op::bitwise_right_shift, Kind::plain, nullptr, nullptr, "rshift_cpu"},
    eq_op{Op::eq, Kind::comparison}, ne_op{Op::ne, Kind::comparison},
    lt_op{Op::lt, Kind::comparison}, le_op{Op::le, Kind::comparison},
    gt_op{Op::gt, Kind::comparison}, ge_op{Op::ge, Kind::comparison}, not_equal_op = ne_op,
    less_op = lt_op, less_equal_op = le_op, greater_op = gt_op, greater_equal_op = ge_op,
    logical_and_op{Op::bitwise_and, Kind::plain, &logical<Op::bitwise_and>},
    logical_or_op{Op::bitwise_or, Kind::plain, &logical<Op::bitwise_or>},
    logical_xor_op{Op::bitwise_xor, Kind::plain, &logical<Op::bitwise_xor>};
}  // namespace

#define WEFT_OF_TENSOR(f)                                           \
  Tensor f(In self, const Tensor& other) {                          \
    return f##_op.fresh(self.tensor, other, self.where, #f);        \
  }                                                                 \
  Tensor Tensor::f(const Tensor& other, Location where) const {     \
    return f##_op.fresh(*this, other, where, #f);                   \
  }                                                                 \
  Tensor& Tensor::f##_(const Tensor& other, Location where) const { \
    return f##_op.in_place(*this, other, where, #f "_");            \
  }
#define WEFT_OF_BOTH(f)                                             \
  WEFT_OF_TENSOR(f)                                                 \
  Tensor f(In self, const Scalar& other) {                          \
    return f##_op.fresh(self.tensor, other, self.where, #f);        \
  }                                                                 \
  Tensor Tensor::f(const Scalar& other, Location where) const {     \
    return f##_op.fresh(*this, other, where, #f);                   \
  }                                                                 \
  Tensor& Tensor::f##_(const Scalar& other, Location where) const { \
    return f##_op.in_place(*this, other, where, #f "_");            \
  }
Tensor bitwise_left_shift(ScalarIn self, const Tensor& other) {
  return bitwise_left_shift_op.fresh(self.scalar, other, self.where, "bitwise_left_shift");
}
Tensor bitwise_right_shift(ScalarIn self, const Tensor& other) {
  return bitwise_right_shift_op.fresh(self.scalar, other, self.where, "bitwise_right_shift");
}
#define WEFT_SHIFT(f, Other, base)                             \
  Tensor Tensor::f(const Other& other, Location where) const { \
    return base##_op.fresh(*this, other, where, #f);           \
  }
WEFT_SHIFT(__lshift__, Tensor, bitwise_left_shift)
WEFT_SHIFT(__lshift__, Scalar, bitwise_left_shift)
WEFT_SHIFT(__rshift__, Tensor, bitwise_right_shift)
WEFT_SHIFT(__rshift__, Scalar, bitwise_right_shift)
#undef WEFT_SHIFT
WEFT_COMPARISONS(WEFT_OF_BOTH)
WEFT_BINARY_OPS(WEFT_OF_BOTH)
WEFT_LOGICAL_OPS(WEFT_OF_TENSOR)
#undef WEFT_OF_BOTH
#undef WEFT_OF_TENSOR

namespace {
const Named& division(const optional<std::string>& mode, Location where) {
  if (!mode) return div_op;
  if (*mode == "floor") return div_floor_op;
  if (*mode == "trunc") return div_trunc_op;
  refuse(where, "div",
         "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '", *mode,
         "'");
}
}  // namespace

Tensor div(In self, const Tensor& other) {
  return div_op.fresh(self.tensor, other, self.where, "div");
}
Tensor div(In self, const Scalar& other) {
  return div_op.fresh(self.tensor, other, self.where, "div");
}
Tensor div(In self, const Tensor& other, optional<std::string> mode) {
  return division(mode, self.where).fresh(self.tensor, other, self.where, "div");
}
Tensor div(In self, const Scalar& other, optional<std::string> mode) {
  return division(mode, self.where).fresh(self.tensor, other, self.where, "div");
}
#define WEFT_DIVIDE(Other)                                                        \
  Tensor divide(In self, const Other& other) { return div(self, other); }         \
  Tensor divide(In self, const Other& other, optional<std::string> mode) {        \
    return div(self, other, std::move(mode));                                     \
  }
WEFT_DIVIDE(Tensor)
WEFT_DIVIDE(Scalar)
#undef WEFT_DIVIDE
#define WEFT_DIV(Other)                                                                        \
  Tensor Tensor::div(const Other& other, Location where) const {                               \
    return div_op.fresh(*this, other, where, "div");                                           \
  }                                                                                            \
  Tensor Tensor::div(const Other& other, optional<std::string> mode, Location where) const {   \
    return division(mode, where).fresh(*this, other, where, "div");                            \
  }                                                                                            \
  Tensor& Tensor::div_(const Other& other, Location where) const {                             \
    return div_op.in_place(*this, other, where, "div_");                                       \
  }                                                                                            \
  Tensor& Tensor::div_(const Other& other, optional<std::string> mode, Location where) const { \
    return division(mode, where).in_place(*this, other, where, "div_");                        \
  }
WEFT_DIV(Tensor)
WEFT_DIV(Scalar)
#undef WEFT_DIV

#define WEFT_PAIR(f)                                            \
  Tensor f(In self, const Tensor& other) {                      \
    return f##_op.fresh(self.tensor, other, self.where, #f);    \
  }                                                             \
  Tensor Tensor::f(const Tensor& other, Location where) const { \
    return f##_op.fresh(*this, other, where, #f);               \
  }
WEFT_PAIR(maximum)
WEFT_PAIR(minimum)
#undef WEFT_PAIR
Tensor atan2(In self, const Tensor& other) {
  if (const Autocast cast(casts::atan2, {self, other}); cast.on())
    return atan2(In(cast[0], self.where), cast[1]);
  return atan2_op.fresh(self.tensor, other, self.where, "atan2");
}
Tensor Tensor::atan2(const Tensor& other, Location where) const {
  return torch::atan2(In(*this, where), other);
}
Tensor& Tensor::atan2_(const Tensor& other, Location where) const {
  return atan2_op.in_place(*this, other, where, "atan2_");
}
Tensor max(In self, const Tensor& other) {
  return maximum_op.fresh(self.tensor, other, self.where, "max");
}
Tensor min(In self, const Tensor& other) {
  return minimum_op.fresh(self.tensor, other, self.where, "min");
}

#define WEFT_OPERATOR(symbol, f, Left)                                                             \
  Tensor operator symbol(In a, Left b) { return f##_op.fresh(a.tensor, b, a.where, #f); }          \
  Tensor operator symbol(In a, const Scalar& b) { return f##_op.fresh(a.tensor, b, a.where, #f); } \
  Tensor operator symbol(ScalarIn a, Left b) { return f##_op.fresh(a.scalar, b, a.where, #f); }
WEFT_OPERATOR(/, div, const Tensor&)
WEFT_OPERATOR(%, remainder, const Tensor&)
WEFT_OPERATOR(*, mul, const Tensor&)
WEFT_OPERATOR(&, bitwise_and, const Tensor&)
WEFT_OPERATOR(|, bitwise_or, const Tensor&)
WEFT_OPERATOR(^, bitwise_xor, const Tensor&)
WEFT_OPERATOR(<, lt, const Tensor&)
WEFT_OPERATOR(<=, le, const Tensor&)
WEFT_OPERATOR(>, gt, const Tensor&)
WEFT_OPERATOR(>=, ge, const Tensor&)
#undef WEFT_OPERATOR
#define WEFT_OPERATOR(symbol, f)                                                                   \
  Tensor operator symbol(In a, In b) { return f##_op.fresh(a.tensor, b.tensor, a.where, #f); }     \
  Tensor operator symbol(In a, const Scalar& b) { return f##_op.fresh(a.tensor, b, a.where, #f); } \
  Tensor operator symbol(ScalarIn a, In b) { return f##_op.fresh(a.scalar, b.tensor, a.where, #f); }
WEFT_OPERATOR(==, eq)
WEFT_OPERATOR(!=, ne)
#undef WEFT_OPERATOR

Tensor& Tensor::operator*=(In other) const { return mul_(other.tensor, other.where); }
Tensor& Tensor::operator/=(In other) const { return div_(other.tensor, other.where); }
Tensor& Tensor::operator&=(In other) const { return bitwise_and_(other.tensor, other.where); }
Tensor& Tensor::operator|=(In other) const { return bitwise_or_(other.tensor, other.where); }
Tensor& Tensor::operator^=(In other) const { return bitwise_xor_(other.tensor, other.where); }

Tensor& Tensor::operator*=(ScalarIn other) const { return mul_(other.scalar, other.where); }
Tensor& Tensor::operator/=(ScalarIn other) const { return div_(other.scalar, other.where); }

Tensor detail::binary_cross_entropy(In self, const Tensor& target) {
  constexpr Named op{Op::binary_cross_entropy, Kind::plain};
  return op.fresh(self.tensor, target, self.where, "binary_cross_entropy");
}
}  // namespace torch
