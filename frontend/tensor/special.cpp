// Elementwise functions of two, and of one with numbers, that are made of others.
#include <cmath>
#include <limits>

#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"

namespace torch {
using record::Composite;
namespace {

// An op of floats of two sides.
Tensor floating(Op op, const Tensor& a, const Tensor& b, const How& how) {
  require(a, how);
  require(b, how);
  const ScalarType type = to_float(result_type(a, b));
  return elementwise_result(record::record(op, {input(a, type, how), input(b, type, how)}, {}, how),
                            {&a, &b});
}
Tensor floating(Op op, const Tensor& a, const Scalar& b, const How& how) {
  require(a, how);
  const ScalarType type = to_float(result_type(a, b));
  return elementwise_result(
      record::record(op, {input(a, type, how), number(b, type, how.where)}, {}, how), {&a});
}

struct Range {
  double lowest, largest;
};
Range range_of(ScalarType type) {
  Range r{0, 0};
  op::visit_dtype(type, [&](auto zero) {
    using L = std::numeric_limits<decltype(zero)>;
    r = {static_cast<double>(L::lowest()), static_cast<double>(L::max())};
  });
  return r;
}
}  // namespace

namespace {
ScalarType floats_of(const Tensor& a, const Tensor& b, const char* f, const How& how) {
  require(a, how);
  require(b, how);
  const ScalarType type = result_type(a, b);
  if (!isFloatingType(type))
    refuse<c10::NotImplementedError>(how.where, how.what, "\"", f, "_cpu\" not implemented for '",
                                     c10::toString(type), "'");
  return type;
}
}  // namespace

#define WEFT_FLOATING(f, Other, label)                               \
  Tensor f(In self, const Other& other) {                            \
    return floating(Op::f, self, other, How(self.where, label, #f)); \
  }
WEFT_FLOATING(copysign, Tensor, "CopysignBackward0")
WEFT_FLOATING(copysign, Scalar, "CopysignBackward1")
WEFT_FLOATING(xlogy, Tensor, "XlogyBackward0")
WEFT_FLOATING(xlogy, Scalar, "XlogyBackward2")
#undef WEFT_FLOATING
#define WEFT_OF_FLOATS(f, label)                    \
  Tensor f(In self, const Tensor& other) {          \
    const How how(self.where, label, #f);           \
    floats_of(self, other, #f, how);                \
    return floating(Op::f, self, other, how);       \
  }
WEFT_OF_FLOATS(hypot, "HypotBackward0")
WEFT_OF_FLOATS(logaddexp, "LogaddexpBackward0")
#undef WEFT_OF_FLOATS
Tensor xlogy(ScalarIn self, const Tensor& other) {
  const How how(self.where, "XlogyBackward1", "xlogy");
  require(other, how);
  const ScalarType type = to_float(result_type(other, self.scalar));
  return elementwise_result(
      record::record(Op::xlogy, {number(self.scalar, type, self.where), input(other, type, how)},
                     {}, how),
      {&other});
}
Tensor logaddexp2(In self, const Tensor& other) {
  Composite composite("logaddexp2", "Logaddexp2Backward0", self.where);
  const ScalarType type =
      floats_of(self, other, "logaddexp2", How(self.where, nullptr, "logaddexp2"));
  const double ln2 = 0.69314718055994530942;
  return torch::logaddexp(self->to(type) * ln2, other.to(type) * ln2) / ln2;
}
Tensor ldexp(In self, const Tensor& other) {
  Composite composite("ldexp", nullptr, self.where);
  if (other.defined() && other.scalar_type() == kBool && self->is_floating_point())
    refuse<c10::NotImplementedError>(self.where, "ldexp",
                                     "\"ldexp_cpu_exp\" not implemented for 'Bool'");
  return self * torch::pow(2.0, other);
}
Tensor arctan2(In self, const Tensor& other) { return atan2(self, other); }

// Equal ones: the gradient is all the first's.
Tensor fmax(In self, const Tensor& other) {
  Composite composite("fmax", "FmaxBackward0", self.where);
  return torch::where((self >= other) | torch::isnan(other), self, other);
}
Tensor fmin(In self, const Tensor& other) {
  Composite composite("fmin", "FminBackward0", self.where);
  return torch::where((self <= other) | torch::isnan(other), self, other);
}
Tensor heaviside(In self, const Tensor& values) {
  Composite composite("heaviside", nullptr, self.where);
  require(self, How(self.where, nullptr, "heaviside"));
  require(values, How(self.where, nullptr, "heaviside"));
  if (self->scalar_type() != values.scalar_type())
    refuse(self.where, "heaviside",
           "heaviside is not yet implemented for tensors with different dtypes.");
  const Tensor x = self->detach();
  return torch::where(x == 0, values.detach(), (x > 0).to(self->scalar_type()));
}

Tensor float_power(In self, const Tensor& exponent) {
  Composite composite("float_power", nullptr, self.where);
  return torch::pow(self->to(kDouble), exponent.to(kDouble));
}
Tensor float_power(In self, const Scalar& exponent) {
  Composite composite("float_power", nullptr, self.where);
  return torch::pow(self->to(kDouble), Scalar(exponent.toDouble()));
}
Tensor float_power(ScalarIn self, const Tensor& exponent) {
  Composite composite("float_power", nullptr, self.where);
  return torch::pow(self.scalar.toDouble(), exponent.to(kDouble));
}

Tensor logit(In self, optional<double> eps) {
  Composite composite("logit", "LogitBackward0", self.where);
  Tensor x = self->is_floating_point() ? self.tensor : self->to(torch::get_default_dtype());
  if (eps) x = x.clamp(*eps, 1 - *eps);
  return torch::log(x / (1 - x));
}
Tensor logit(In self) { return logit(self, nullopt); }

Tensor nan_to_num(In self, optional<double> nan, optional<double> posinf, optional<double> neginf) {
  Composite composite("nan_to_num", "NanToNumBackward0", self.where);
  require(self, How(self.where, nullptr, "nan_to_num"));
  if (!self->is_floating_point()) return self->clone();
  const Range range = range_of(self->scalar_type());
  const double infinity = std::numeric_limits<double>::infinity();
  Tensor y = torch::where(torch::isnan(self), nan.value_or(0), self);
  y = torch::where(self == infinity, posinf.value_or(range.largest), y);
  return torch::where(self == -infinity, neginf.value_or(range.lowest), y);
}
Tensor nan_to_num(In self) { return nan_to_num(self, nullopt, nullopt, nullopt); }

Tensor positive(In self) {
  require(self, How(self.where, nullptr, "positive"));
  if (self->scalar_type() == kBool)
    refuse(self.where, "positive", "The `+` operator, on a bool tensor is not supported.");
  return self;
}
Tensor signbit(In self) {
  Composite composite("signbit", nullptr, self.where);
  require(self, How(self.where, nullptr, "signbit"));
  if (!self->is_floating_point()) return self < 0;
  return torch::copysign(torch::ones_like(self), self->detach()) < 0;
}
Tensor isreal(In self) {
  Composite composite("isreal", nullptr, self.where);
  return torch::ones_like(self, kBool);
}
}  // namespace torch
