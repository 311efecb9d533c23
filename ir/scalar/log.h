// Logarithms. Method: x = m*2^e with m in [2/3, 4/3), so that e and log(m) do not cancel badly; f = m - 1 is
// exact; f32 takes a polynomial in f, f64 one in s^2, s = f/(2 + f) (log(1+f) = 2 atanh s, as in fdlibm);
// coefficients.py. e*ln2 is added in two pieces.
#pragma once

#include "ir/scalar/literal.h"

namespace torch::scalar {

namespace detail {

/// A small signed integer as a float, exactly: |i| < 2^(p-2). One add each way, no conversion.
template <class V, class I>
V small_to_float(const V& like, const I& i) {
  const bool narrow = element_bits(like) == 32;
  if (narrow) return to_float(i);
  return from_bits(i + bits(constant(like, 0x1.8p52))) - 0x1.8p52;
}

/// x = (1 + f) * 2^e, f in [-1/3, 1/3); x positive and finite, denormals allowed.
template <class V>
struct Decomposed {
  V f, e;
};

template <class V>
Decomposed<V> decompose(const V& x) {
  const bool narrow = element_bits(x) == 32;
  const int width = narrow ? 23 : 52;
  auto denormal = x < (narrow ? 0x1p-126 : 0x1p-1022);
  auto i = bits(select(denormal, x * (narrow ? 0x1p23 : 0x1p52), x));
  auto two_thirds = narrow ? 0x3f2aaaabll : 0x3fe5555555555555ll;
  auto e = shift_right(i - two_thirds, width);
  V m = from_bits(i - shift_left(e, width));
  V e_float = small_to_float(x, e);
  return {m - 1.0, select(denormal, e_float - double(width), e_float)};
}

/// log(1 + f) - f on [-1/3, 1/3).
template <class V>
V log_tail(const V& f) {
  V square = f * f;
  if (element_bits(f) == 32) {
    V q = horner(f, -0.5, 0x1.555506p-2, -0x1.fffef4p-3, 0x1.99d06p-3, -0x1.559d32p-3, 0x1.1ed3d2p-3,
                 -0x1.f32134p-4, 0x1.1e75fcp-3, -0x1.07e3f8p-3);
    return square * q;
  }
  V s = f / (2.0 + f);
  V z = s * s;
  V q = horner(z, 0x1.555555555554fp-1, 0x1.999999999c14bp-2, 0x1.24924921e878cp-2, 0x1.c71c748b5acadp-3,
               0x1.745c4bfc21fp-3, 0x1.3b3599fba67e8p-3, 0x1.0dce3764a188dp-3, 0x1.1b6f69e6a91d4p-3);
  // log(1+f) = f - s*f + s*z*q, and s*f = f^2/2 - s*f^2/2: the large part, f^2/2, is nearly exact.
  V half = 0.5 * square;
  return s * fma(z, q, half) - half;
}

/// y for positive finite x, else what log of any base says of x.
template <class V>
V with_log_poles(const V& x, const V& y) {
  V pole = select(x == 0.0, -infinity, select(x > 0.0, x, constant(x, not_a_number)));
  return select((x > 0.0) & (x < infinity), y, pole);
}

}  // namespace detail

/// Natural logarithm; <= 1 ulp, denormals included; -inf at 0, nan below.
template <class V>
V log(const V& x) {
  const bool narrow = element_bits(x) == 32;
  auto [f, e] = detail::decompose(x);
  V low = fma(e, narrow ? -0x1.05c61p-29 : 0x1.abc9e3b39803fp-56, detail::log_tail(f));
  return detail::with_log_poles(x, fma(e, narrow ? 0x1.62e43p-1 : 0x1.62e42fefa39efp-1, f + low));
}

}  // namespace torch::scalar
