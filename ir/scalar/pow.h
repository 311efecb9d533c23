// x^y = 2^(y*log2|x|), the logarithm in a pair: log2(1+f) = 2/ln2 * atanh(s), s = f/(2+f), its
// first two series terms in pairs, so that the product, up to 1075, keeps a few bits beyond the
// format's.
#pragma once

#include "ir/scalar/exp.h"
#include "ir/scalar/log.h"
#include "ir/scalar/pair.h"

namespace torch::scalar {

namespace detail {

/// (atanh(s)/s - 1 - z/3)/z^2, z = s*s, |s| <= 1/5.
template <class V> V atanh_tail(const V& z) {
  if (element_bits(z) == 32) return horner(z, 0x1.999a9ep-3, 0x1.241accp-3, 0x1.e8d5c4p-4);
  return horner(z, 0x1.9999999999968p-3, 0x1.2492492498d34p-3, 0x1.c71c71bc796b7p-4,
                0x1.745d1bc2419e9p-4, 0x1.3b12993139399p-4, 0x1.113a01fc36056p-4,
                0x1.dad2f9691412ap-5, 0x1.0175dbe461eaap-4);
}

/// log2(x) for positive finite x, relative error about 2^-35 (f32), 2^-64 (f64).
template <class V> Pair<V> log2_pair(const V& x) {
  const bool narrow = element_bits(x) == 32;
  auto [f, e] = decompose(x);
  Pair<V> below = ordered_sum(constant(x, 2.0), f);
  V inverse = 1.0 / below.high;
  V quotient = f * inverse;
  V error = fma(-quotient, below.low, fma(-quotient, below.high, f));
  Pair<V> s = ordered_sum(quotient, error * inverse);
  Pair<V> z = product(s, s);
  Pair<V> third = narrow ? pair_constant(x, 0x1.555556p-2, -0x1.555556p-27)
                         : pair_constant(x, 0x1.5555555555555p-2, 0x1.5555555555555p-56);
  Pair<V> series = ordered_sum(third.high, z.high * atanh_tail(z.high));
  series.low = series.low + third.low;
  Pair<V> atanh = ordered_sum(s, product(s, product(z, series)));
  Pair<V> factor = narrow ? pair_constant(x, 0x1.715476p+1, 0x1.4ae0cp-25)
                          : pair_constant(x, 0x1.71547652b82fep+1, 0x1.777d0ffda0d24p-55);
  Pair<V> log2 = product(atanh, factor);
  auto [high, low] = ordered_sum(e, log2.high);
  return ordered_sum(high, low + log2.low);
}

}  // namespace detail

/// x^y; <= 0.95 ulp, denormals included, special values as C's pow.
template <class V> V pow(const V& x, const V& y) {
  const bool narrow = element_bits(x) == 32;
  const double top = narrow ? 129.0 : 1025.0, bottom = narrow ? -151.0 : -1076.0;
  V a = abs(x);
  auto [log_high, log_low] = detail::log2_pair(a);
  V log = select(a == 0.0, -infinity, select(a == infinity, infinity, log_high));
  V product = y * log;
  V error = fma(y, log_low, fma(y, log, -product));
  V bounded = at_least(at_most(product, top), bottom);
  V low = select(bounded == product, error, 0.0);
  V shifted = bounded + detail::scale_magic(x);
  V r = (bounded - (shifted - detail::scale_magic(x))) + low;
  V magnitude = detail::scale(fma(r, detail::exp2_tail(r), 1.0), shifted);
  magnitude = select(a == 1.0, 1.0, magnitude);  // also for infinite y

  auto whole = floor(y) == y;
  V half = 0.5 * y;
  auto odd = whole & (floor(half) != half);
  V signed_value = select(odd, copysign(magnitude, x), magnitude);
  auto undefined = (x < 0.0) & (x > -infinity) & !whole;
  undefined = undefined | (x != x) | (y != y);
  V value = select(undefined, not_a_number, signed_value);
  return select((y == 0.0) | (x == 1.0), 1.0, value);
}

}  // namespace torch::scalar
