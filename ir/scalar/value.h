// The vocabulary in which every scalar formula of this room is written, and its plain C++ instance.
//
// A formula is a template over a value type V. Values come in, a value goes out. The one invariant:
// it is straight-line code (no branch, loop or table that depends on data), so the same text runs
// on one number (Plain<T>), emits vector code (the CPU emitter) or prints CUDA, and gives the same
// bits everywhere, because every word below is exact or correctly rounded to nearest.
//
// Three kinds of value: floating V, integer I of the same width (two's complement), mask M. One C++
// type may stand for all three (the emitter's does); the kind is then known at run time.
//
//   element_bits(v)          32 or 64, of a V or I. Both arms of a test on it compile for every V.
//   constant(like, double)   literal of like's floating type; f32 rounds to nearest
//   integer(like, int64)     literal of the integer type as wide as like (a V or an I); wraps
//   + - * /  unary -         V, V -> V  IEEE, never contracted, denormals kept
//   < <= > >= == !=          V, V -> M  ordered; != is true for nan
//   & | !                    M, M -> M
//   select(m, a, b)          a where the mask is set, else b, both V or both I; the arm not chosen
//                            may be unspecified there
//   fma(a, b, c)             a*b + c, rounded once
//   abs copysign(mag, sign)  bit operations on the sign, nan included
//   sqrt floor nearest       correctly rounded; nearest: to an integral value, ties to even
//   bits, from_bits          V -> I, I -> V
//   to_int                   V -> I     toward zero; unspecified outside I's range
//   to_float                 I -> V     signed, to nearest. x86-64-v3 has neither conversion for 64
//                                       bits: formulas in f64 use fixed_point() (literal.h)
//   + - * & | ^              I, I -> I  wrap
//   < > ==                   I, I -> M  signed
//   multiply_high(a, b)      I, I -> I  upper half of the unsigned product of twice the width
//   shift_left(i, n) shift_right(i, n) shift_right_logical(i, n)
//                            n an int or an I; 0 <= n < width, unspecified outside
//   rarely(m, usual, f)      select(m, f(), usual); an instance may skip f() when no lane is set
//
// An instance in another namespace is found by argument lookup. literal.h derives, for every
// instance, the operators with C++ literals: 1.5 is a V, 3 an I.
#pragma once

#include <cstdint>

namespace torch::scalar {

/// The plain instance: T is float or double (V), int32_t or int64_t (I), bool (M).
template <class T> struct Plain { T value; };

namespace plain {
template <class T> struct Traits;
template <> struct Traits<float> { using Int = std::int32_t; using Word = std::uint32_t; };
template <> struct Traits<double> { using Int = std::int64_t; using Word = std::uint64_t; };
template <> struct Traits<std::uint8_t> { using Int = std::uint8_t; using Word = std::uint8_t; };
template <> struct Traits<std::int8_t> { using Int = std::int8_t; using Word = std::uint8_t; };
template <> struct Traits<std::int16_t> { using Int = std::int16_t; using Word = std::uint16_t; };
template <> struct Traits<std::int32_t> {
  using Int = std::int32_t;
  using Word = std::uint32_t;
  using Wide = std::uint64_t;
  using Float = float;
};
template <> struct Traits<std::int64_t> {
  using Int = std::int64_t;
  using Word = std::uint64_t;
  using Float = double;
  __extension__ using Wide = unsigned __int128;
};
template <class T> using Int = Plain<typename Traits<T>::Int>;
template <class T> using Float = Plain<typename Traits<T>::Float>;
template <class T> using Word = typename Traits<T>::Word;
template <class T> inline constexpr bool is_float = T(0.5) != T(0);
}  // namespace plain

using Mask = Plain<bool>;

template <class T> constexpr int element_bits(Plain<T>) { return 8 * sizeof(T); }
template <class T> constexpr Plain<T> constant(Plain<T>, double c) {
  if constexpr (plain::is_float<T>) return {static_cast<T>(c)};
  else return {static_cast<T>(static_cast<std::int64_t>(c))};  // -1 of an unsigned type wraps
}
template <class T> constexpr plain::Int<T> integer(Plain<T>, std::int64_t c) {
  return {static_cast<decltype(plain::Int<T>::value)>(c)};
}

// Arithmetic. Integers go through an unsigned type (short ones are int otherwise), so they wrap.
#define WEFT_PLAIN_ARITHMETIC(op)                                                  \
  template <class T> constexpr Plain<T> operator op(Plain<T> a, Plain<T> b) {      \
    if constexpr (plain::is_float<T>)                                              \
      return {a.value op b.value};                                                 \
    else                                                                           \
      return {static_cast<T>((0u + plain::Word<T>(a.value)) op plain::Word<T>(b.value))}; \
  }
WEFT_PLAIN_ARITHMETIC(+)
WEFT_PLAIN_ARITHMETIC(-)
WEFT_PLAIN_ARITHMETIC(*)
#undef WEFT_PLAIN_ARITHMETIC
template <class T> constexpr Plain<T> operator-(Plain<T> a) {
  if constexpr (plain::is_float<T>) return {-a.value};
  else return {static_cast<T>(0u - plain::Word<T>(a.value))};
}
// Integers: toward zero; by 0 it is 0, and the one overflow wraps: no trap.
template <class T> constexpr Plain<T> operator/(Plain<T> a, Plain<T> b) {
  if constexpr (plain::is_float<T>) return {a.value / b.value};
  else if (b.value == T(0)) return {T(0)};
  else if (T(-1) < T(0) && b.value == T(-1)) return -a;
  else return {static_cast<T>(a.value / b.value)};
}

#define WEFT_PLAIN_COMPARISON(op)                                         \
  template <class T> constexpr Mask operator op(Plain<T> a, Plain<T> b) { \
    return {a.value op b.value};                                          \
  }
WEFT_PLAIN_COMPARISON(<)
WEFT_PLAIN_COMPARISON(<=)
WEFT_PLAIN_COMPARISON(>)
WEFT_PLAIN_COMPARISON(>=)
WEFT_PLAIN_COMPARISON(==)
WEFT_PLAIN_COMPARISON(!=)
#undef WEFT_PLAIN_COMPARISON

template <class T> constexpr Plain<T> operator&(Plain<T> a, Plain<T> b) {
  return {T(a.value & b.value)};
}
template <class T> constexpr Plain<T> operator|(Plain<T> a, Plain<T> b) {
  return {T(a.value | b.value)};
}
template <class T> constexpr Plain<T> operator^(Plain<T> a, Plain<T> b) {
  return {T(a.value ^ b.value)};
}
constexpr Mask operator!(Mask a) { return {!a.value}; }
template <class T> constexpr Plain<T> select(Mask m, Plain<T> a, Plain<T> b) {
  return m.value ? a : b;
}

inline Plain<float> fma(Plain<float> a, Plain<float> b, Plain<float> c) {
  return {__builtin_fmaf(a.value, b.value, c.value)};
}
inline Plain<double> fma(Plain<double> a, Plain<double> b, Plain<double> c) {
  return {__builtin_fma(a.value, b.value, c.value)};
}
inline Plain<float> abs(Plain<float> a) { return {__builtin_fabsf(a.value)}; }
inline Plain<double> abs(Plain<double> a) { return {__builtin_fabs(a.value)}; }
inline Plain<float> copysign(Plain<float> a, Plain<float> s) {
  return {__builtin_copysignf(a.value, s.value)};
}
inline Plain<double> copysign(Plain<double> a, Plain<double> s) {
  return {__builtin_copysign(a.value, s.value)};
}
inline Plain<float> sqrt(Plain<float> a) { return {__builtin_sqrtf(a.value)}; }
inline Plain<double> sqrt(Plain<double> a) { return {__builtin_sqrt(a.value)}; }
inline Plain<float> floor(Plain<float> a) { return {__builtin_floorf(a.value)}; }
inline Plain<double> floor(Plain<double> a) { return {__builtin_floor(a.value)}; }
// The default rounding mode is assumed throughout, so rint is ties-to-even.
inline Plain<float> nearest(Plain<float> a) { return {__builtin_rintf(a.value)}; }
inline Plain<double> nearest(Plain<double> a) { return {__builtin_rint(a.value)}; }

template <class T> constexpr plain::Int<T> bits(Plain<T> a) {
  return {__builtin_bit_cast(decltype(plain::Int<T>::value), a.value)};
}
template <class T> constexpr plain::Float<T> from_bits(Plain<T> a) {
  return {__builtin_bit_cast(decltype(plain::Float<T>::value), a.value)};
}
template <class T> constexpr plain::Int<T> to_int(Plain<T> a) {
  using I = decltype(plain::Int<T>::value);
  const T limit = T(1ull << (8 * sizeof(T) - 1));  // out of range is undefined in C++: 0 here
  return {a.value >= -limit && a.value < limit ? static_cast<I>(a.value) : I(0)};
}
template <class T> constexpr plain::Float<T> to_float(Plain<T> a) {
  return {static_cast<decltype(plain::Float<T>::value)>(a.value)};
}

// Shifts mask the amount, so a shift that is never used (an f64 arm met with f32) stays defined.
template <class T> constexpr Plain<T> shift_left(Plain<T> a, Plain<T> n) {
  return {static_cast<T>(plain::Word<T>(a.value) << (n.value & (8 * sizeof(T) - 1)))};
}
template <class T> constexpr Plain<T> shift_right(Plain<T> a, Plain<T> n) {
  return {static_cast<T>(a.value >> (n.value & (8 * sizeof(T) - 1)))};
}
template <class T> constexpr Plain<T> shift_right_logical(Plain<T> a, Plain<T> n) {
  return {static_cast<T>(plain::Word<T>(a.value) >> (n.value & (8 * sizeof(T) - 1)))};
}
template <class T> constexpr Plain<T> shift_left(Plain<T> a, int n) {
  return shift_left(a, Plain<T>{T(n)});
}
template <class T> constexpr Plain<T> shift_right(Plain<T> a, int n) {
  return shift_right(a, Plain<T>{T(n)});
}
template <class T> constexpr Plain<T> shift_right_logical(Plain<T> a, int n) {
  return shift_right_logical(a, Plain<T>{T(n)});
}
template <class T> constexpr Plain<T> multiply_high(Plain<T> a, Plain<T> b) {
  using Wide = typename plain::Traits<T>::Wide;
  return {
      static_cast<T>((Wide(plain::Word<T>(a.value)) * plain::Word<T>(b.value)) >> (8 * sizeof(T)))};
}

template <class T, class F> Plain<T> rarely(Mask m, Plain<T> usual, F f) {
  return m.value ? f() : usual;
}

}  // namespace torch::scalar
