// Inverse hyperbolic functions, from the logarithm.
#pragma once

#include <limits>

#include "ir/scalar/log.h"

namespace torch::scalar {

namespace detail {
// Where 1 is nothing beside x * x: the logarithm of 2x.
template <class V> V log_of_twice(const V& x) { return log(x) + 0.69314718055994530942; }
constexpr double kSquareIsAll = 1e8;
}  // namespace detail

/// Inverse hyperbolic sine; <= 3 ulp. log(a + sqrt(a*a + 1)) for a = |x|, without cancellation.
template <class V> V asinh(const V& x) {
  const V a = abs(x), square = a * a;
  const V near = log1p(a + square / (sqrt(square + 1.0) + 1.0));
  return copysign(select(a > detail::kSquareIsAll, detail::log_of_twice(a), near), x);
}

/// Inverse hyperbolic cosine, nan below 1; <= 3 ulp. log(x + sqrt(x*x - 1)), from x - 1.
template <class V> V acosh(const V& x) {
  const V above = x - 1.0;
  const V near = log1p(above + sqrt(above * (x + 1.0)));
  const V y = select(x > detail::kSquareIsAll, detail::log_of_twice(x), near);
  return select(x < 1.0, std::numeric_limits<double>::quiet_NaN(), y);
}

}  // namespace torch::scalar
