// Sine, cosine, tangent over the whole range. Method: r = x - n*pi/2 with pi/2 in three pieces
// (Cody and Waite 1980, with fma) while |n| is moderate; beyond, the product of the mantissa with
// the bits of 2/pi that matter, in integers (Payne and Hanek 1983), which is rarely needed and may
// be skipped. Then minimax polynomials on |r| <= pi/4; coefficients.py.
#pragma once

#include "ir/scalar/inverse_trig.h"
#include "ir/scalar/reduce_huge.h"

namespace torch::scalar {

namespace detail {

/// |x| below this takes the three pieces.
template <class V> double moderate_angle(const V& x) {
  return element_bits(x) == 32 ? 0x1p16 : 0x1p27;
}

/// x = quadrant*pi/2 + high + low; only the low two bits of quadrant mean something.
template <class V> auto reduce_moderate(const V& x) {
  const bool narrow = element_bits(x) == 32;
  V shifted = fma(x, 0x1.45f306dc9c883p-1, fixed_point(x));
  V n = shifted - fixed_point(x);
  V first = fma(n, -half_pi_high(x), x);  // exact
  V product = n * half_pi_low(x);
  V error = fma(n, half_pi_low(x), -product);
  V high = first - product;
  V lost = (first - high) - product;  // exact: first is a multiple of product's last place
  V third = constant(x, narrow ? -0x1.ee59dap-50 : -0x1.f1976b7ed8fbcp-110);
  return Angle<V, decltype(bits(x))>{bits(shifted), high, fma(n, -third, lost - error)};
}

/// (sin(r)/r - 1)/z and (cos(r) - 1 + z/2)/z^2, z = r*r, |r| <= pi/4.
template <class V> V sin_tail(const V& z) {
  if (element_bits(z) == 32) return horner(z, -0x1.555546p-3, 0x1.110776p-7, -0x1.99511ep-13);
  return horner(z, -0x1.5555555555548p-3, 0x1.111111110f752p-7, -0x1.a01a019bf0887p-13,
                0x1.71de355d85c58p-19, -0x1.ae5e532f242bep-26, 0x1.5d8dcf0f02d6bp-33);
}
template <class V> V cos_tail(const V& z) {
  if (element_bits(z) == 32) return horner(z, 0x1.55554ap-5, -0x1.6c0c28p-10, 0x1.99e83ap-16);
  return horner(z, 0x1.555555555554bp-5, -0x1.6c16c16c15012p-10, 0x1.a01a019c8e7ecp-16,
                -0x1.27e4f7f0d5e4bp-22, 0x1.1ee9db259f16dp-29, -0x1.8fa61989eb9c2p-37);
}

/// i with its bit 0 (bit 1) set: a mask.
template <class I> auto is_odd(const I& i) { return (i & 1) == 1; }
template <class I> auto has_two(const I& i) { return (i & 2) == 2; }

/// sin((quadrant + shift)*pi/2 + high + low).
template <class V, class I> V sin_of_angle(const Angle<V, I>& angle, int shift) {
  auto quadrant = angle.quadrant + shift;
  V r = angle.high;
  V z = r * r;
  V half = 0.5 * z;
  V s = fma(r * z, sin_tail(z), fma(-half, angle.low, angle.low)) + r;
  V near = 1.0 - half;
  V c = near + fma(z * z, cos_tail(z), fma(-r, angle.low, (1.0 - near) - half));
  V y = select(is_odd(quadrant), c, s);
  return select(has_two(quadrant), -y, y);
}

/// tan(quadrant*pi/2 + high + low): sine over cosine, both with their rounding errors, one
/// division.
template <class V, class I> V tan_of_angle(const Angle<V, I>& angle) {
  V r = angle.high;
  V z = r * r;
  V half = 0.5 * z;
  V s_rest = fma(r * z, sin_tail(z), fma(-half, angle.low, angle.low));
  V s = r + s_rest;
  V s_low = s_rest - (s - r);
  V near = 1.0 - half;
  V half_low = fma(0.5 * r, r, -half) + r * angle.low;
  V c_rest = fma(z * z, cos_tail(z), ((1.0 - near) - half) - half_low);
  V c = near + c_rest;
  V c_low = c_rest - (c - near);
  auto odd = is_odd(angle.quadrant);
  V above = select(odd, -c, s), above_low = select(odd, -c_low, s_low);
  V below = select(odd, s, c), below_low = select(odd, s_low, c_low);
  V inverse = 1.0 / below;
  V q = above * inverse;
  V error = fma(-q, below_low, fma(-q, below, above) + above_low);
  return fma(error, inverse, q);
}

}  // namespace detail

/// Sine of any x; <= 0.9 ulp; nan at infinity.
template <class V> V sin(const V& x) {
  V a = abs(x);
  V y =
      rarely(!(a < detail::moderate_angle(x)), detail::sin_of_angle(detail::reduce_moderate(a), 0),
             [&] { return detail::sin_of_angle(detail::reduce_huge(a), 0); });
  return copysign(constant(x, 1.0), x) * y;  // keeps -0
}

/// Cosine of any x; <= 0.9 ulp; nan at infinity.
template <class V> V cos(const V& x) {
  V a = abs(x);
  return rarely(!(a < detail::moderate_angle(x)),
                detail::sin_of_angle(detail::reduce_moderate(a), 1),
                [&] { return detail::sin_of_angle(detail::reduce_huge(a), 1); });
}

/// Tangent of any x; <= 0.95 ulp; nan at infinity.
template <class V> V tan(const V& x) {
  V a = abs(x);
  V y = rarely(!(a < detail::moderate_angle(x)), detail::tan_of_angle(detail::reduce_moderate(a)),
               [&] { return detail::tan_of_angle(detail::reduce_huge(a)); });
  return copysign(constant(x, 1.0), x) * y;  // keeps -0
}

}  // namespace torch::scalar
