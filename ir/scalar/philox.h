// Random numbers without state: Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel Random
// Numbers: As Easy as 1, 2, 3; SC'11). Element i of a random op is a function of i, the op's offset
// and its seed alone:
//   counter = (i mod 2^32, i div 2^32, offset mod 2^32, offset div 2^32), key = (seed mod 2^32,
//   seed div 2^32),
// and of the four words w0 .. w3 that come out,
//   random_uniform  f32: the upper 24 bits of w0, times 2^-24. f64: (upper 27 bits of w0)*2^26 +
//   upper 26 bits of w1,
//                   times 2^-53.
//   random_normal   Box and Muller: sqrt(-2 log(1 - u)) * cos(2 pi v), u and v uniform: of w0 and
//   w1 (f32), of (w0, w1)
//                   and (w2, w3) (f64).
//   random_bits     i32: w0. i64: w0 + (w1 mod 2^31) * 2^32, not negative.
// A word of 32 bits is an integer value I of 32 bits, or of 64 bits whose upper half is zero (for
// f64 and i64): what comes out is the same.
#pragma once

#include "ir/scalar/log.h"
#include "ir/scalar/trig.h"

namespace torch::scalar {

template <class I>
struct PhiloxBlock {
  I w0, w1, w2, w3;
};

namespace detail {

/// x, without what a wide value holds above 32 bits.
template <class I> I low_word(const I& x) { return x & 0xffffffffll; }

/// Both halves of a 32 x 32 bit product.
template <class I>
struct Product {
  I high, low;
};
template <class I>
Product<I> multiply_words(const I& a, long long constant) {
  I m = integer(a, constant);
  if (element_bits(a) == 32) return {multiply_high(a, m), a * m};
  I p = a * m;
  return {shift_right_logical(p, 32), low_word(p)};
}
}  // namespace detail

/// Ten rounds over a counter, keyed by two words.
template <class I>
PhiloxBlock<I> philox(PhiloxBlock<I> x, I key0, I key1) {
  for (int round = 0; round < 10; ++round) {
    auto a = detail::multiply_words(x.w0, 0xd2511f53), b = detail::multiply_words(x.w2, 0xcd9e8d57);
    x = {b.high ^ x.w1 ^ key0, b.low, a.high ^ x.w3 ^ key1, a.low};
    key0 = detail::low_word(key0 + 0x9e3779b9ll);
    key1 = detail::low_word(key1 + 0xbb67ae85ll);
  }
  return x;
}

namespace detail {

/// Uniform in [0, 1) from one word (f32) or two (f64), exactly.
template <class V, class I>
V uniform(const V& like, const I& first, const I& second) {
  if (element_bits(like) == 32) return to_float(shift_right_logical(first, 8)) * 0x1p-24;
  V high = small_to_float(like, shift_right_logical(first, 5)),
    low = small_to_float(like, shift_right_logical(second, 6));
  return fma(high, 0x1p26, low) * 0x1p-53;
}

/// cos(2 pi v) for v in [0, 1): the quarter turn is taken off exactly.
template <class V>
V cos_of_turns(const V& v) {
  const bool narrow = element_bits(v) == 32;
  V shifted = fma(v, 4.0, fixed_point(v));
  V r = fma(shifted - fixed_point(v), -0.25, v);
  V tau = constant(v, narrow ? 0x1.921fb6p+2 : 0x1.921fb54442d18p+2);
  V high = r * tau;
  V low = fma(r, narrow ? -0x1.777a5cp-23 : 0x1.1a62633145c07p-52, fma(r, tau, -high));
  return sin_of_angle(Angle<V, decltype(bits(v))>{bits(shifted), high, low}, 1);
}
}  // namespace detail

/// Uniform in [0, 1); `like` gives the type, f32 or f64, and the words are integers of its width.
template <class V, class I>
V random_uniform(const V& like, const PhiloxBlock<I>& x) {
  return detail::uniform(like, x.w0, x.w1);
}

/// Standard normal.
template <class V, class I>
V random_normal(const V& like, const PhiloxBlock<I>& x) {
  const bool narrow = element_bits(like) == 32;
  V u = detail::uniform(like, x.w0, x.w1);
  V v = narrow ? detail::uniform(like, x.w1, x.w1) : detail::uniform(like, x.w2, x.w3);
  return sqrt(-2.0 * log(1.0 - u)) * detail::cos_of_turns(v);
}

/// Random integers: all i32, or i64 from 0 on.
template <class I>
I random_bits(const PhiloxBlock<I>& x) {
  if (element_bits(x.w0) == 32) return x.w0;
  return x.w0 | shift_left(x.w1 & 0x7fffffffll, 32);
}

}  // namespace torch::scalar
