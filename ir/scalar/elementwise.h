// The words of the op table that are not functions of analysis: order, rounding, remainders, bits. With this header
// every formula of ir/tensor/elementwise.td has its meaning, for floating and integer values alike.
//
// An instance whose element type is only known at run time (the emitter's) overloads what is written for Plain below
// and chooses between the *_float and *_int form itself.
#pragma once

#include "ir/scalar/math.h"

namespace torch::scalar {

/// The larger, nan if either is; of two zeros the second.
template <class V> V maximum(const V& a, const V& b) { return select((a > b) | (a != a), a, b); }
/// The smaller, nan if either is; of two zeros the second.
template <class V> V minimum(const V& a, const V& b) { return select((a < b) | (a != a), a, b); }
/// -1, 0 or 1; 0 for nan.
template <class V> V sign(const V& x) {
  return select(x > value_of(x, 0.0), value_of(x, 1.0), select(x < value_of(x, 0.0), value_of(x, -1.0), value_of(x, 0.0)));
}
template <class V> V ceil(const V& x) { return -floor(-x); }
template <class V> V trunc(const V& x) { return copysign(floor(abs(x)), x); }
/// To the nearest integral value, ties to even.
template <class V> V round(const V& x) { return nearest(x); }

/// a - trunc(a / b) * b, exact while |a / b| < 2^23 (f32) or 2^52 (f64): the quotient may be one off, never more.
template <class V> V fmod_float(const V& a, const V& b) {
  const V size = abs(b), q = floor(abs(a) / size);
  V r = fma(-q, size, abs(a));
  r = select(r < 0.0, r + size, select(r >= size, r - size, r));
  r = select((abs(a) < size) | (size != size), select(size != size, size, abs(a)), r);  // b infinite, or nan
  return copysign(r, a);
}
template <class V> V fmod_int(const V& a, const V& b) { return a - (a / b) * b; }
/// With the sign of the divisor.
template <class V> V remainder(const V& a, const V& b) {
  const V r = fmod(a, b), zero = value_of(a, 0.0);
  const auto low = r < zero, below = b < zero;
  return select((r != zero) & ((low & !below) | (below & !low)), r + b, r);
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
