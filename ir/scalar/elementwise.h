// The words of the op table that are not functions of analysis: order, rounding, remainders, bits.
// With this header every formula of ir/tensor/elementwise.td has its meaning, for floating and
// integer values alike.
//
// An instance whose element type is only known at run time (the emitter's) overloads what is
// written for Plain below and chooses between the *_float and *_int form itself.
#pragma once

#include "ir/scalar/math.h"

namespace torch::scalar {

/// The larger, nan if either is; of two zeros the second.
template <class V> V maximum(const V& a, const V& b) { return select((a > b) | (a != a), a, b); }
template <class V> V maximum(const V& a, double b) { return maximum(a, value_of(a, b)); }
/// The smaller, nan if either is; of two zeros the second.
template <class V> V minimum(const V& a, const V& b) { return select((a < b) | (a != a), a, b); }
/// -1, 0 or 1; 0 for nan.
template <class V> V sign(const V& x) {
  return select(x > value_of(x, 0.0), value_of(x, 1.0),
                select(x < value_of(x, 0.0), value_of(x, -1.0), value_of(x, 0.0)));
}
template <class V> V ceil(const V& x) { return -floor(-x); }
template <class V> V trunc(const V& x) { return copysign(floor(abs(x)), x); }
/// To the nearest integral value, ties to even.
template <class V> V round(const V& x) { return nearest(x); }

namespace detail {

/// r modulo d, for r < 2^23 d (f32) or 2^52 d (f64): the rounded quotient is at most one too large.
template <class V> V short_fmod(const V& r, const V& d) {
  const V rest = fma(-floor(r / d), d, r);
  return select(rest < 0.0, rest + d, rest);
}
/// The same for any r: long division by d 2^(k n), ..., d 2^n, d, as far as these are finite.
template <class V> V long_fmod(const V& r, const V& d, int digits) {
  const V above =
      digits ? long_fmod(r, d * (element_bits(d) == 32 ? 0x1p22 : 0x1p51), digits - 1) : r;
  return select(d < infinity, short_fmod(above, d), above);
}

}  // namespace detail

/// a - trunc(a / b) * b, exact.
template <class V> V fmod_float(const V& a, const V& b) {
  const bool narrow = element_bits(a) == 32;
  const V size = abs(b), whole = abs(a);
  // The quotient may have 277 (f32) or 2098 (f64) bits, 22 or 51 a digit.
  V r = rarely(whole / size >= (narrow ? 0x1p22 : 0x1p51), detail::short_fmod(whole, size),
               [&] { return detail::long_fmod(whole, size, narrow ? 12 : 41); });
  // b infinite, or nan
  r = select((whole < size) | (size != size), select(size != size, size, whole), r);
  return copysign(r, a);
}
template <class V> V fmod_int(const V& a, const V& b) { return a - (a / b) * b; }
/// With the sign of the divisor.
template <class V> V remainder(const V& a, const V& b) {
  const V r = fmod(a, b), zero = value_of(a, 0.0);
  const auto low = r < zero, below = b < zero;
  return select((r != zero) & ((low & !below) | (below & !low)), r + b, r);
}
/// Bits moved b places to the left, out of the value where b is not in [0, width).
template <class V> V left_shift(const V& a, const V& b) {
  const V zero = value_of(a, 0.0), last = value_of(a, element_bits(a) - 1.0);
  return select((b < zero) | (b > last), zero, shift_left(a, b));
}
/// To the right; copies of the sign come after it.
template <class V> V right_shift(const V& a, const V& b) {
  const V zero = value_of(a, 0.0), last = value_of(a, element_bits(a) - 1.0);
  const V gone = select(a < zero, value_of(a, -1.0), zero);
  return select((b < zero) | (b > last), gone, shift_right(a, b));
}
/// a to the power of b, wrapping; b < 0: 0 unless a is 1 or -1.
template <class V> V pow_int(const V& a, const V& b) {
  const V zero = value_of(a, 0.0), one = value_of(a, 1.0);
  V result = one, square = a;
  for (int i = 0; i < element_bits(a) - 1; ++i) {  // straight-line once unrolled
    result = select((shift_right_logical(b, i) & one) == one, result * square, result);
    square = square * square;
  }
  const V odd = b & one;
  const V inverse = select(a == one, one, select(a == -one, select(odd == one, a, one), zero));
  return select(b < zero, inverse, result);
}

// Plain values know their type.
template <class T> Plain<T> fmod(Plain<T> a, Plain<T> b) {
  if constexpr (plain::is_float<T>) return fmod_float(a, b);
  else return fmod_int(a, b);
}
template <class T> Plain<T> bitwise_not(Plain<T> x) { return {static_cast<T>(~x.value)}; }
inline Mask bitwise_not(Mask x) { return !x; }
template <class T> requires(!plain::is_float<T>) Plain<T> abs(Plain<T> x) {
  return x.value < 0 ? -x : x;
}
template <class T> requires(!plain::is_float<T>) Plain<T> pow(Plain<T> a, Plain<T> b) {
  return pow_int(a, b);
}
}  // namespace torch::scalar
