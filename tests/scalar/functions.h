/// The functions under test: a row each, with the bound that is asserted and where the truth comes
/// from.
#pragma once

#include <mpfr.h>

#include <cmath>
#include <ostream>

#include "ir/scalar/math.h"
#include "tests/scalar/traced.h"

namespace scalar_test {

namespace ts = torch::scalar;

inline int mpfr_sigmoid(mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t mode) {
  mpfr_neg(y, x, mode);
  mpfr_exp(y, y, mode);
  mpfr_add_ui(y, y, 1, mode);
  return mpfr_ui_div(y, 1, y, mode);
}
/// IEEE 754's rSqrt: -inf at -0 (MPFR has +inf).
inline int mpfr_rsqrt(mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t mode) {
  if (mpfr_zero_p(x)) return mpfr_set_inf(y, mpfr_signbit(x) ? -1 : 1), 0;
  return mpfr_rec_sqrt(y, x, mode);
}
inline double sigmoid(double x) {
  return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
}

// X(name, double-precision truth for f32, MPFR truth, bound in ulp f32, f64, greatest operation
// count f32, f64)
#define WEFT_UNARY_FUNCTIONS(X)                            \
  X(exp, std::exp(x), mpfr_exp, 0.95, 0.95, 20, 25)        \
  X(exp2, std::exp2(x), mpfr_exp2, 0.95, 0.95, 19, 24)     \
  X(expm1, std::expm1(x), mpfr_expm1, 1.3, 1.3, 23, 28)    \
  X(log, std::log(x), mpfr_log, 1.0, 1.0, 32, 38)          \
  X(log2, std::log2(x), mpfr_log2, 1.2, 1.1, 41, 47)       \
  X(log10, std::log10(x), mpfr_log10, 1.3, 1.3, 41, 47)    \
  X(log1p, std::log1p(x), mpfr_log1p, 1.2, 1.1, 48, 54)    \
  X(tanh, std::tanh(x), mpfr_tanh, 2, 1.5, 28, 50)           \
  X(sinh, std::sinh(x), mpfr_sinh, 1.3, 1.3, 36, 44)       \
  X(cosh, std::cosh(x), mpfr_cosh, 1.0, 1.0, 32, 37)       \
  X(sigmoid, sigmoid(x), mpfr_sigmoid, 2, 2, 21, 26) \
  X(erf, std::erf(x), mpfr_erf, 1.35, 1.35, 32, 54)        \
  X(erfc, std::erfc(x), mpfr_erfc, 1.8, 1.8, 82, 106)      \
  X(sin, std::sin(x), mpfr_sin, 0.9, 0.9, 46, 52)          \
  X(cos, std::cos(x), mpfr_cos, 0.9, 0.9, 44, 50)          \
  X(tan, std::tan(x), mpfr_tan, 0.95, 0.95, 62, 68)        \
  X(asin, std::asin(x), mpfr_asin, 1.25, 1.25, 25, 32)       \
  X(acos, std::acos(x), mpfr_acos, 1.25, 1.25, 28, 35)       \
  X(atan, std::atan(x), mpfr_atan, 1.3, 1.3, 28, 39)     \
  X(asinh, std::asinh(x), mpfr_asinh, 3, 3, 120, 140)      \
  X(acosh, std::acosh(x), mpfr_acosh, 3, 3, 120, 140)      \
  X(rsqrt, 1 / std::sqrt(x), mpfr_rsqrt, 1.5, 1.5, 2, 2)

#define WEFT_BINARY_FUNCTIONS(X)                         \
  X(pow, std::pow(x, y), mpfr_pow, 0.95, 0.95, 133, 144) \
  X(atan2, std::atan2(x, y), mpfr_atan2, 1.5, 1.5, 36, 47) \
  X(hypot, std::hypot(x, y), mpfr_hypot, 2, 2, 20, 20)

struct Bounds {
  double f32, f64;
  int operations_f32, operations_f64;
};

struct Unary {
  const char* name;
  float (*f32)(float);
  double (*f64)(double);
  traced::Traced (*traced)(const traced::Traced&);
  double (*truth)(double);
  int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
  Bounds bounds;
};

struct Binary {
  const char* name;
  float (*f32)(float, float);
  double (*f64)(double, double);
  traced::Traced (*traced)(const traced::Traced&, const traced::Traced&);
  double (*truth)(double, double);
  int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
  Bounds bounds;
};

/// How a test names its row.
inline void PrintTo(const Unary& function, std::ostream* stream) { *stream << function.name; }
inline void PrintTo(const Binary& function, std::ostream* stream) { *stream << function.name; }

#define WEFT_UNARY_ROW(name, truth, exact, ...)                   \
  {#name,                                                         \
   [](float x) { return ts::name(ts::Plain<float>{x}).value; },   \
   [](double x) { return ts::name(ts::Plain<double>{x}).value; }, \
   [](const traced::Traced& x) { return ts::name(x); },           \
   [](double x) -> double { return truth; },                      \
   exact,                                                         \
   {__VA_ARGS__}},
inline const Unary unary_functions[] = {WEFT_UNARY_FUNCTIONS(WEFT_UNARY_ROW)};

#define WEFT_BINARY_ROW(name, truth, exact, ...)                                                  \
  {#name,                                                                                         \
   [](float x, float y) { return ts::name(ts::Plain<float>{x}, ts::Plain<float>{y}).value; },     \
   [](double x, double y) { return ts::name(ts::Plain<double>{x}, ts::Plain<double>{y}).value; }, \
   [](const traced::Traced& x, const traced::Traced& y) { return ts::name(x, y); },               \
   [](double x, double y) -> double { return truth; },                                            \
   exact,                                                                                         \
   {__VA_ARGS__}},
inline const Binary binary_functions[] = {WEFT_BINARY_FUNCTIONS(WEFT_BINARY_ROW)};

}  // namespace scalar_test
