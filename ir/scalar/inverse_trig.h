// Inverse trigonometric functions. Method: minimax polynomials on [0, 1] (atan) and [0, 1/2]
// (asin), outside by the reciprocal and the half-angle identities; the multiple of pi/2 is added
// with its rounding error kept.
#pragma once

#include "ir/scalar/literal.h"

namespace torch::scalar {

namespace detail {

/// (atan(t)/t - 1)/z, z = t*t, t up to 1.
template <class V> V atan_tail(const V& z) {
  if (element_bits(z) == 32)
    return horner(z, -0x1.55553ep-2, 0x1.9991e6p-3, -0x1.2420bcp-3, 0x1.c08f7ep-4, -0x1.581482p-4,
                  0x1.da56c8p-5, -0x1.fde136p-6, 0x1.649964p-7, -0x1.d43c58p-10);
  return horner(
      z, -0x1.5555555555526p-2, 0x1.99999999955afp-3, -0x1.249249237f45cp-3, 0x1.c71c717fcc853p-4,
      -0x1.745d11ae58191p-4, 0x1.3b136699c115ap-4, -0x1.110e51293807ap-4, 0x1.e1bba6b5da688p-5,
      -0x1.ae5e7493891ddp-5, 0x1.82daded97690fp-5, -0x1.59a4132b7f37dp-5, 0x1.2c2e84c26750bp-5,
      -0x1.e9fa81f595291p-6, 0x1.683d437c235f1p-6, -0x1.c7907e4ea3fd2p-7, 0x1.d7b9c72005d9cp-8,
      -0x1.7a39d222abee2p-9, 0x1.b3fa6dc46fbbbp-11, -0x1.3f35588e30875p-13, 0x1.bbeafdcc74f73p-17);
}

/// (asin(s)/s - 1)/z, z = s*s, s up to 1/2.
template <class V> V asin_tail(const V& z) {
  if (element_bits(z) == 32)
    return horner(z, 0x1.5555c8p-3, 0x1.33020ap-4, 0x1.747ae4p-5, 0x1.8c4466p-6, 0x1.595be4p-5);
  return horner(z, 0x1.555555555539p-3, 0x1.333333336e86cp-4, 0x1.6db6db42751a5p-5,
                0x1.f1c72c3b00513p-6, 0x1.6e89f4088ad8dp-6, 0x1.1c6be54c3338dp-6,
                0x1.c6fd72f89aaebp-7, 0x1.8ec529074b822p-7, 0x1.abbb52ca1c868p-8,
                0x1.40032ca5bb334p-6, -0x1.09eb26039480ep-6, 0x1.05760fabcef63p-5);
}

/// pi/2 = high + low in like's format.
template <class V> V half_pi_high(const V& like) {
  return constant(like, element_bits(like) == 32 ? 0x1.921fb6p+0 : 0x1.921fb54442d18p+0);
}
template <class V> V half_pi_low(const V& like) {
  return constant(like, element_bits(like) == 32 ? -0x1.777a5cp-25 : 0x1.1a62633145c07p-54);
}

/// quadrants*pi/2 + head + rest, |head| <= pi/2 and smaller than the multiple unless that is 0.
template <class V> V add_quadrants(const V& quadrants, const V& head, const V& rest) {
  V base = quadrants * half_pi_high(quadrants);
  V sum = base + head;
  V lost = (base - sum) + head;
  return sum + (lost + fma(quadrants, half_pi_low(quadrants), rest));
}

}  // namespace detail

/// Arc tangent; <= 1.3 ulp.
template <class V> V atan(const V& x) {
  V a = abs(x);
  auto steep = a > 1.0;
  V t = select(steep, 1.0, a) / select(steep, a, 1.0);
  V z = t * t;
  V rest = t * z * detail::atan_tail(z);
  V toward = select(steep, constant(x, -1.0), constant(x, 1.0));
  return copysign(detail::add_quadrants(select(steep, constant(x, 1.0), constant(x, 0.0)),
                                        toward * t, toward * rest),
                  x);
}

/// Angle of the point (x, y) in [-pi, pi]; <= 1.5 ulp, all signed zeros and infinities as C's
/// atan2.
template <class V> V atan2(const V& y, const V& x) {
  V ax = abs(x), ay = abs(y);
  auto steep = ay > ax;
  V low = select(steep, ax, ay), high = select(steep, ay, ax);
  V t = select(high == 0.0, low, select(low == high, 1.0, low / high));  // zeros, infinities, nan
  V z = t * t;
  V rest = t * z * detail::atan_tail(z);
  V side =
      copysign(constant(x, 1.0),
               x);  // first-quadrant angle: steep ? pi/2 - side*t : (side < 0 ? pi : 0) + side*t
  V toward = select(steep, -side, side);
  V quadrants = select(steep, 1.0, 1.0 - side);
  return copysign(detail::add_quadrants(quadrants, toward * t, toward * rest), y);
}

/// Arc sine; <= 1.25 ulp; nan outside [-1, 1].
template <class V> V asin(const V& x) {
  V a = abs(x);
  auto large = a > 0.5;
  V z = select(large, fma(a, -0.5, 0.5), a * a);  // asin(a) = pi/2 - 2 asin(sqrt((1 - a)/2))
  V s = select(large, sqrt(z), a);
  V rest = s * z * detail::asin_tail(z);
  V factor = select(large, constant(x, -2.0), constant(x, 1.0));
  return copysign(detail::add_quadrants(select(large, constant(x, 1.0), constant(x, 0.0)),
                                        factor * s, factor * rest),
                  x);
}

/// Arc cosine; <= 1.25 ulp; nan outside [-1, 1].
template <class V> V acos(const V& x) {
  V a = abs(x);
  auto large = a > 0.5;
  V z = select(large, fma(a, -0.5, 0.5), a * a);
  V s = select(large, sqrt(z), a);
  V rest = s * z * detail::asin_tail(z);
  V side = copysign(constant(x, 1.0),
                    x);  // large: (side < 0 ? pi : 0) + 2*side*asin(s); else pi/2 - side*asin(s)
  V factor = select(large, 2.0 * side, -side);
  return detail::add_quadrants(select(large, 1.0 - side, 1.0), factor * s, factor * rest);
}

}  // namespace torch::scalar
