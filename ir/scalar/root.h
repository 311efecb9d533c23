// Reciprocal square root.
#pragma once

#include "ir/scalar/literal.h"

namespace torch::scalar {

/// 1/sqrt(x); <= 1.5 ulp: one square root and one division, each correctly rounded.
template <class V> V rsqrt(const V& x) { return 1.0 / sqrt(x); }

/// sqrt(a*a + b*b); <= 2 ulp. From the quotient of the smaller and the larger, so that no square
/// leaves the range; an infinite side wins over nan.
template <class V> V hypot(const V& a, const V& b) {
  const V x = abs(a), y = abs(b);
  const auto second = (x < y) | (y != y);  // a nan is the larger one
  const V large = select(second, y, x), small = select(second, x, y);
  const V ratio = select(large == 0.0, 0.0, small / large);
  const V root = large * sqrt(fma(ratio, ratio, constant(x, 1.0)));
  const V finite = select(large == 0.0, x + y, root);  // of 0 and nan: nan
  return select((x == infinity) | (y == infinity), infinity, finite);
}

}  // namespace torch::scalar
