// Logarithms. Method: x = m*2^e with m in [2/3, 4/3), so that e and log(m) do not cancel badly; f =
// m - 1 is exact; f32 takes a polynomial in f, f64 one in s^2, s = f/(2 + f) (log(1+f) = 2 atanh s,
// as in fdlibm); coefficients.py. e*ln2 is added in two pieces.
#pragma once

#include "ir/scalar/literal.h"

namespace torch::scalar {

namespace detail {

/// A small signed integer as a float, exactly: |i| < 2^(p-2). One add each way, no conversion.
template <class V, class I> V small_to_float(const V& like, const I& i) {
  const bool narrow = element_bits(like) == 32;
  if (narrow) return to_float(i);
  return from_bits(i + bits(constant(like, 0x1.8p52))) - 0x1.8p52;
}

/// x = (1 + f) * 2^e, f in [-1/3, 1/3), exactly.
template <class V, class I> struct Decomposed {
  V f;
  I e;
};

/// x positive, normal and finite.
template <class V> auto decompose_normal(const V& x) {
  const bool narrow = element_bits(x) == 32;
  const int width = narrow ? 23 : 52;
  auto i = bits(x);
  auto e = shift_right(i - (narrow ? 0x3f2aaaabll : 0x3fe5555555555555ll), width);  // 2/3
  return Decomposed<V, decltype(e)>{from_bits(i - shift_left(e, width)) - 1.0, e};
}

/// x positive and finite, denormals allowed.
template <class V> auto decompose(const V& x) {
  const bool narrow = element_bits(x) == 32;
  auto denormal = x < (narrow ? 0x1p-126 : 0x1p-1022);
  auto [f, e] = decompose_normal(select(denormal, x * (narrow ? 0x1p23 : 0x1p52), x));
  V e_float = small_to_float(x, e);
  return Decomposed<V, V>{f, select(denormal, e_float - (narrow ? 23.0 : 52.0), e_float)};
}

/// log(1 + f) - f on [-1/3, 1/3).
template <class V> V log_tail(const V& f) {
  V square = f * f;
  if (element_bits(f) == 32) {
    V q = horner(f, -0.5, 0x1.555506p-2, -0x1.fffef4p-3, 0x1.99d06p-3, -0x1.559d32p-3,
                 0x1.1ed3d2p-3, -0x1.f32134p-4, 0x1.1e75fcp-3, -0x1.07e3f8p-3);
    return square * q;
  }
  V s = f / (2.0 + f);
  V z = s * s;
  V q = horner(z, 0x1.555555555554fp-1, 0x1.999999999c14bp-2, 0x1.24924921e878cp-2,
               0x1.c71c748b5acadp-3, 0x1.745c4bfc21fp-3, 0x1.3b3599fba67e8p-3, 0x1.0dce3764a188dp-3,
               0x1.1b6f69e6a91d4p-3);
  // log(1+f) = f - s*f + s*z*q, and s*f = f^2/2 - s*f^2/2: the large part, f^2/2, is nearly exact.
  V half = 0.5 * square;
  return s * fma(z, q, half) - half;
}

/// y for positive finite x, else what log of any base says of x.
template <class V> V with_log_poles(const V& x, const V& y) {
  V pole = select(x == 0.0, -infinity, select(x > 0.0, x, constant(x, not_a_number)));
  return select((x > 0.0) & (x < infinity), y, pole);
}

/// e*two_high + high + rest, rounded about once; e*two_high is exact, |high| < two_high.
template <class V> V add_exponent(const V& e, double two_high, const V& high, const V& rest) {
  V exponent = e * two_high;
  V sum = exponent + high;
  V lost = high - (sum - exponent);
  return sum + (lost + rest);
}

/// log_b(x) = e*log_b(2) + log_b(1 + f), each constant in two pieces.
template <class V>
V log_with_base(const V& x, double two_high, double two_low, double e_high, double e_low) {
  auto [f, e] = decompose(x);
  V high = f * e_high;
  V low = fma(e, two_low, fma(f, e_low, fma(f, e_high, -high)));
  V rest = fma(log_tail(f), e_high, low);
  return with_log_poles(x, add_exponent(e, two_high, high, rest));
}

}  // namespace detail

/// Natural logarithm; <= 1 ulp, denormals included; -inf at 0, nan below 0.
template <class V> V log(const V& x) {
  const bool narrow = element_bits(x) == 32;
  auto [f, e] = detail::decompose(x);
  V low = fma(e, narrow ? -0x1.05c61p-29 : 0x1.abc9e3b39803fp-56, detail::log_tail(f));
  return detail::with_log_poles(x, fma(e, narrow ? 0x1.62e43p-1 : 0x1.62e42fefa39efp-1, f + low));
}

/// Logarithm to base 2; <= 1.2 ulp, exact at powers of two.
template <class V> V log2(const V& x) {
  if (element_bits(x) == 32)
    return detail::log_with_base(x, 1.0, 0.0, 0x1.715476p+0, 0x1.4ae0cp-26);
  return detail::log_with_base(x, 1.0, 0.0, 0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56);
}

/// Logarithm to base 10; <= 1.1 ulp.
template <class V> V log10(const V& x) {
  if (element_bits(x) == 32)
    return detail::log_with_base(x, 0x1.344p-2, 0x1.3509f8p-18, 0x1.bcb7b2p-2, -0x1.5b235ep-27);
  return detail::log_with_base(x, 0x1.34413509f8p-2, -0x1.80433b83b532ap-44, 0x1.bcb7b1526e50ep-2,
                               0x1.95355baaafad3p-57);
}

/// log(1 + x) without cancellation; <= 1.2 ulp, keeps -0.
template <class V> V log1p(const V& x) {
  const bool narrow = element_bits(x) == 32;
  V u = 1.0 + x;
  V lost =
      select(x > 1.0, 1.0 - (u - x), x - (u - 1.0));  // 1 + x = u + lost, exactly while it matters
  auto [head, e] = detail::decompose_normal(u);
  auto field =
      (narrow ? 127 : 1023) - select(e > 64, integer(e, 64), e);  // lost is 0 or negligible beyond
  V scaled = lost * from_bits(shift_left(field, narrow ? 23 : 52));
  V f = head + scaled;
  V n = detail::small_to_float(x, e);
  V low = fma(n, narrow ? 0x1.7f7d1cp-20 : 0x1.ef35793c7673p-45, scaled - (f - head));
  V rest = detail::log_tail(f) + low;
  V y = detail::add_exponent(n, narrow ? 0x1.62e4p-1 : 0x1.62e42fefa38p-1, f, rest);
  return detail::with_log_poles(u, copysign(y, x));
}

}  // namespace torch::scalar
