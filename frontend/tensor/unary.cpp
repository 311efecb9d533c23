// Elementwise functions of one tensor.
#include <limits>

#include "frontend/record/scope.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/pointwise.h"

namespace torch {
namespace {

// What integers become: floats for functions that leave the integers; themselves for those that do
// not; nothing happens to them where the function is one of rounding.
enum class Integers { to_float, stay, same };
constexpr Integers integers(Op op) {
  switch (op) {
    case Op::abs:
    case Op::neg:
    case Op::sign:
    case Op::square:
    case Op::relu:
      return Integers::stay;
    case Op::floor:
    case Op::ceil:
    case Op::round:
    case Op::trunc:
      return Integers::same;
    default:
      return Integers::to_float;
  }
}

[[noreturn]] void not_implemented(const std::string& kernel, ScalarType type, const How& how) {
  refuse<c10::NotImplementedError>(how.where, how.what, "\"", kernel, "\" not implemented for '",
                                   c10::toString(type), "'");
}

Value apply(Op op, const Tensor& self, const How& how) {
  require(self, how);
  const ScalarType type = self.scalar_type();
  if (isFloatingType(type)) return record::record(op, {input(self, how)}, {}, how);
  switch (integers(op)) {
    case Integers::same:
      if (type == kBool) not_implemented(std::string(op::name(op)) + "_vml_cpu", type, how);
      return value_of(self, how);
    case Integers::stay:
      if (op == Op::neg && type == kBool)
        refuse(how.where, how.what,
               "Negation, the `-` operator, on a bool tensor is not supported. If you are trying "
               "to invert a mask, use the `~` or "
               "`logical_not()` operator instead.");
      if (op == Op::relu && type == kBool)
        refuse(how.where, how.what, "Boolean inputs not supported for relu");
      if (op == Op::abs && type == kBool) not_implemented("abs_cpu", type, how);
      if (op == Op::square && type == kBool)  // a power: of an integer
        return record::record(op, {input(self, kLong, how)}, {}, how);
      if (type == kBool) return value_of(self, how);  // the sign of a truth value is itself
      return record::record(op, {input(self, how)}, {}, how);
    default:
      return record::record(op, {input(self, to_float(type), how)}, {}, how);
  }
}
bool has_wide_range(Op op) {
  switch (op) {
    case Op::acos:
    case Op::asin:
    case Op::cosh:
    case Op::exp:
    case Op::expm1:
    case Op::log:
    case Op::log10:
    case Op::log1p:
    case Op::log2:
    case Op::reciprocal:
    case Op::rsqrt:
    case Op::sinh:
    case Op::tan: return true;
    default: return false;
  }
}
Tensor fresh(Op op, In self, const char* what) {
  if (has_wide_range(op))
    if (const Autocast cast(casts::wide_range, {self}); cast.on())
      return fresh(op, In(cast[0], self.where), what);
  return elementwise_result(apply(op, self, How(self.where, nullptr, what)), {&self.tensor});
}
Tensor& in_place(Op op, In self, const char* what) {
  const How how = writing(self, self.where, nullptr, what);
  return write_back(self, apply(op, self, how), how);
}
}  // namespace

#define WEFT_DEFINE(f)                                                                             \
  Tensor f(In self) { return fresh(Op::f, self, #f); }                                             \
  Tensor& f##_(In self) { return in_place(Op::f, self, #f "_"); }                                  \
  Tensor Tensor::f(Location where) const { return fresh(Op::f, In(*this, where), #f); }            \
  Tensor& Tensor::f##_(Location where) const { return in_place(Op::f, In(*this, where), #f "_"); }
WEFT_UNARY_OPS(WEFT_DEFINE)
#undef WEFT_DEFINE

namespace {
// Composites: a function from a Value to a Value.
Value fractional(const Tensor& self, const How& how) {
  const Value x = value_of(self, how);
  if (!isFloatingType(self.scalar_type())) not_implemented("frac_cpu", self.scalar_type(), how);
  return record::record(Op::sub, {x, record::record(Op::trunc, {x}, {}, how)}, {}, how);
}
Value not_true(const Tensor& self, const How& how) {
  return record::record(Op::bitwise_not, {cast(value_of(self, how), kBool, how)}, {}, how);
}
Value not_bits(const Tensor& self, const How& how) {
  require(self, how);
  if (!op::takes(Op::bitwise_not, self.scalar_type()))
    not_implemented("bitwise_not_cpu", self.scalar_type(), how);
  return record::record(Op::bitwise_not, {value_of(self, how)}, {}, how);
}
template <Op op> Value as(const Tensor& self, const How& how) { return apply(op, self, how); }

using Compute = Value (*)(const Tensor&, const How&);
constexpr double kPi = 3.14159265358979323846;
Value times(const Tensor& self, double factor, const How& how) {
  const ScalarType type = to_float(self.scalar_type());
  return record::record(Op::mul, {input(self, type, how), number(factor, type, how.where)}, {},
                        how);
}
Value radians(const Tensor& self, const How& how) { return times(self, kPi / 180, how); }
Value degrees(const Tensor& self, const How& how) { return times(self, 180 / kPi, how); }
// sin(pi x) / (pi x), 1 at 0; no gradient passes through the quotient there.
Value sine_cardinal(const Tensor& self, const How& how) {
  const Value angle = times(self, kPi, how);
  const ScalarType type = angle.type().dtype;
  const Value one = number(1, type, how.where);
  const Value at_zero = record::record(Op::eq, {angle, number(0, type, how.where)}, {}, how);
  const Value safe = record::record(Op::select, {at_zero, one, angle}, {}, how);
  const Value sine = record::record(Op::sin, {safe}, {}, how);
  const Value quotient = record::record(Op::div, {sine, safe}, {}, how);
  return record::record(Op::select, {at_zero, one, quotient}, {}, how);
}

// What a composite computes and what autograd calls it.
struct Named {
  Compute compute;
  const char* label = nullptr;
};
constexpr Named absolute_named{&as<Op::abs>}, negative_named{&as<Op::neg>},
    frac_named{&fractional, "FracBackward0"}, logical_not_named{&not_true},
    bitwise_not_named{&not_bits}, sgn_named{&as<Op::sign>, "SgnBackward0"},
    arcsin_named{&as<Op::asin>}, arccos_named{&as<Op::acos>}, arctan_named{&as<Op::atan>},
    arcsinh_named{&as<Op::asinh>}, arccosh_named{&as<Op::acosh>}, arctanh_named{&as<Op::atanh>},
    fix_named{&as<Op::trunc>}, deg2rad_named{&radians, "Deg2RadBackward0"},
    rad2deg_named{&degrees, "Rad2DegBackward0"}, sinc_named{&sine_cardinal, "SincBackward0"};

Tensor fresh(const Named& f, In self, const char* what) {
  const How how(self.where, f.label, what);
  require(self, how);
  return elementwise_result(f.compute(self, how), {&self.tensor});
}
Tensor& in_place(const Named& f, In self, const char* what) {
  const How how = writing(self, self.where, f.label, what);
  require(self, how);
  return write_back(self, f.compute(self, how), how);
}
}  // namespace

#define WEFT_DEFINE(f)                                                        \
  Tensor f(In self) { return fresh(f##_named, self, #f); }                    \
  Tensor& f##_(In self) { return in_place(f##_named, self, #f "_"); }         \
  Tensor Tensor::f(Location where) const {                                    \
    return fresh(f##_named, In(*this, where), #f);                            \
  }                                                                           \
  Tensor& Tensor::f##_(Location where) const {                                \
    return in_place(f##_named, In(*this, where), #f "_");                     \
  }
WEFT_UNARY_COMPOSITES(WEFT_DEFINE)
#undef WEFT_DEFINE

namespace {
// True where x is equal to the infinity of that sign; 0: of any.
Tensor is_infinite(In self, int sign, const char* what) {
  const How how(self.where, nullptr, what);
  Value x = value_of(self, how);
  const ScalarType type = self->scalar_type();
  const bool is_float = isFloatingType(type);
  // Integers are never infinite: compared with what they cannot be, they say so for every element.
  if (!is_float) x = cast(x, kFloat, how);
  if (sign == 0) x = record::record(Op::abs, {x}, {}, how);
  const double infinity = (sign < 0 ? -1 : 1) * std::numeric_limits<double>::infinity();
  return elementwise_result(
      record::record(Op::eq, {x, number(infinity, is_float ? type : kFloat, self.where)}, {}, how),
      {&self.tensor});
}
}  // namespace

Tensor isnan(In self) {
  const How how(self.where, nullptr, "isnan");
  const Value x = value_of(self, how);
  if (isFloatingType(self->scalar_type()))
    return elementwise_result(record::record(Op::isnan, {x}, {}, how), {&self.tensor});
  return elementwise_result(record::record(Op::ne, {x, x}, {}, how), {&self.tensor});
}
Tensor isinf(In self) { return is_infinite(self, 0, "isinf"); }
Tensor isposinf(In self) { return is_infinite(self, 1, "isposinf"); }
Tensor isneginf(In self) { return is_infinite(self, -1, "isneginf"); }
Tensor isfinite(In self) {
  const How how(self.where, nullptr, "isfinite");
  // x - x is zero for what is finite and nan for the rest.
  const Value x = cast(value_of(self, how), to_float(self->scalar_type()), how);
  const Value zero = record::record(Op::sub, {x, x}, {}, how);
  return elementwise_result(record::record(Op::eq, {zero, zero}, {}, how), {&self.tensor});
}
#define WEFT_DEFINE(f) \
  Tensor Tensor::f(Location where) const { return torch::f(In(*this, where)); }
WEFT_PREDICATES(WEFT_DEFINE)
#undef WEFT_DEFINE

Tensor detail::elu(In self) { return fresh(Op::elu, self, "elu"); }

Tensor operator-(In a) { return fresh(Op::neg, a, "neg"); }
Tensor operator~(In a) { return torch::bitwise_not(a); }
Tensor operator!(In a) { return torch::logical_not(a); }
}  // namespace torch
