// Derived words: operators between a value and a C++ literal, and the few idioms all formulas
// share. Include after nothing but value.h; an instance that lives elsewhere needs no change here.
#pragma once

#include "ir/scalar/value.h"

namespace torch::scalar {

/// Anything that can say what a literal beside it means.
template <class V>
concept Value = requires(const V& v) {
  element_bits(v);
  constant(v, 1.0);
  integer(v, std::int64_t{1});
};

namespace literal {
template <class S> inline constexpr bool is_number = false;
template <> inline constexpr bool is_number<int> = true;
template <> inline constexpr bool is_number<long> = true;
template <> inline constexpr bool is_number<long long> = true;
template <> inline constexpr bool is_number<double> = true;
}  // namespace literal

template <class S>
concept Number = literal::is_number<S>;

/// A C++ number as a value of like's width: a double becomes a V, an integer an I.
template <Value V> auto value_of(const V& like, double c) { return constant(like, c); }
template <Value V> auto value_of(const V& like, long c) { return integer(like, c); }
template <Value V> auto value_of(const V& like, long long c) { return integer(like, c); }
template <Value V> auto value_of(const V& like, int c) { return integer(like, c); }

#define WEFT_LITERAL_OPERATOR(op)                                                                \
  template <Value V, Number S> auto operator op(const V& a, S b) { return a op value_of(a, b); } \
  template <Value V, Number S> auto operator op(S a, const V& b) { return value_of(b, a) op b; }
WEFT_LITERAL_OPERATOR(+)
WEFT_LITERAL_OPERATOR(-)
WEFT_LITERAL_OPERATOR(*)
WEFT_LITERAL_OPERATOR(/)
WEFT_LITERAL_OPERATOR(&)
WEFT_LITERAL_OPERATOR(|)
WEFT_LITERAL_OPERATOR(^)
WEFT_LITERAL_OPERATOR(<)
WEFT_LITERAL_OPERATOR(<=)
WEFT_LITERAL_OPERATOR(>)
WEFT_LITERAL_OPERATOR(>=)
WEFT_LITERAL_OPERATOR(==)
WEFT_LITERAL_OPERATOR(!=)
#undef WEFT_LITERAL_OPERATOR

template <Value V> V fma(const V& a, const V& b, double c) { return fma(a, b, constant(a, c)); }
template <Value V> V fma(const V& a, double b, const V& c) { return fma(a, constant(a, b), c); }
template <Value V> V fma(const V& a, double b, double c) {
  return fma(a, constant(a, b), constant(a, c));
}
template <class M, Value V> V select(const M& m, const V& a, double b) {
  return select(m, a, constant(a, b));
}
template <class M, Value V> V select(const M& m, double a, const V& b) {
  return select(m, constant(b, a), b);
}

/// c0 + x*(c1 + x*(c2 + ...)), one fma a coefficient.
template <Value V> V horner(const V& x, double c0, double c1) { return fma(x, c1, c0); }
template <Value V, class... C> V horner(const V& x, double c0, double c1, double c2, C... rest) {
  return fma(x, horner(x, c1, c2, rest...), c0);
}

/// x, but not above (below) the bound; nan stays nan. One instruction where the machine has min and
/// max.
template <Value V> V at_most(const V& x, double bound) { return select(x > bound, bound, x); }
template <Value V> V at_least(const V& x, double bound) { return select(x < bound, bound, x); }

inline constexpr double infinity = __builtin_inf();
inline constexpr double not_a_number = __builtin_nan("");

/// Adding this rounds to an integer (ties to even) and leaves the integer in the low bits of the
/// sum, where bits() reads it without a conversion (1.5 * 2^(p-1); the method is folklore, see
/// Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed., ch. 10).
template <Value V> double fixed_point(const V& x) {
  return element_bits(x) == 32 ? 0x1.8p23 : 0x1.8p52;
}

/// The whole vocabulary of value.h. Assert it of a new instance: static_assert(Scalar<Emit>).
template <class V>
concept Scalar = Value<V> && requires(const V& a, const V& b, V (*f)()) {
  a + b, a - b, a *b, a / b, -a, fma(a, b, a);
  abs(a), copysign(a, b), sqrt(a), floor(a), nearest(a);
  select((a < b) & (a <= b) & (a == b), a, select((a > b) | (a >= b) | !(a != b), a, b));
  rarely(a < b, a, f);
  to_float(to_int(a)), from_bits(bits(a) + bits(b) - bits(a) * bits(b));
  (bits(a) & bits(b)) | (bits(a) ^ bits(b)), multiply_high(bits(a), bits(b));
  select((bits(a) < bits(b)) | (bits(a) > bits(b)) | (bits(a) == bits(b)), bits(a), bits(b));
  shift_left(bits(a), 1), shift_right(bits(a), 1), shift_right_logical(bits(a), 1);
  shift_left(bits(a), bits(b)), shift_right(bits(a), bits(b));
  shift_right_logical(bits(a), bits(b));
};

static_assert(Scalar<Plain<float>> && Scalar<Plain<double>>);

}  // namespace torch::scalar
