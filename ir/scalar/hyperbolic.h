// Hyperbolic functions and the logistic one, from the pieces of exp.
#pragma once

#include "ir/scalar/exp.h"

namespace torch::scalar {

namespace detail {

/// (tanh(x)/x - 1)/z, z = x*x, x up to 0.8; for f64.
template <class V> V tanh_small(const V& z) {
  return horner(z, -0x1.5555555555522p-2, 0x1.111111110df0dp-3, -0x1.ba1ba1b7fa364p-5,
                0x1.664f4824f0e8ap-6, -0x1.226e2bd242e95p-7, 0x1.d6d28fd4cb796p-9,
                -0x1.7d951076b085ep-10, 0x1.34e572d46f1f4p-11, -0x1.f061b0fe42d84p-13,
                0x1.81a65fbd2405dp-14, -0x1.0cf128db88f2dp-15, 0x1.1eeb709cb8e22p-17,
                -0x1.4b3dfa19dd6fep-20);
}

/// (sinh(r) - r)/(r*z), z = r*r, |r| <= ln2/2.
template <class V> V sinh_tail(const V& z) {
  if (element_bits(z) == 32) return horner(z, 0x1.5554bp-3, 0x1.122838p-7);
  return horner(z, 0x1.5555555555559p-3, 0x1.111111110f644p-7, 0x1.a01a01b00cd47p-13,
                0x1.71ddf7f2e01f9p-19, 0x1.af5f66691b35dp-26);
}

/// (cosh(r) - 1)/z, z = r*r, |r| <= ln2/2.
template <class V> V cosh_tail(const V& z) {
  if (element_bits(z) == 32) return horner(z, 0.5, 0x1.5554e6p-5, 0x1.6d4f46p-10);
  return horner(z, 0.5, 0x1.55555555531cbp-5, 0x1.6c16c17cd74d1p-10, 0x1.a019aaefb31cp-16,
                0x1.289fc565fa0e1p-22);
}

/// |x| = n*ln2 + head + low; up = 2^n/4, down = 2^-n/4 (halved once more, against overflow).
template <class V> struct HyperbolicParts { V head, low, up, down; };

template <class V> HyperbolicParts<V> hyperbolic_parts(const V& magnitude) {
  const int offset = exponent_bias(magnitude) - 2;
  V bounded = at_most(magnitude, element_bits(magnitude) == 32 ? 89.5 : 710.5);
  auto [shifted, n, head] = reduce_exponent(bounded, offset);
  V up = power_of_two(shifted);
  V down = from_bits(shift_left(2 * offset - bits(shifted), mantissa_bits(magnitude)));
  down = select(n > 40.0, 0.0, down);  // negligible, and soon out of range
  return {head, n * minus_ln2_low(n), up, down};
}

}  // namespace detail

/// Hyperbolic tangent; <= 2 ulp. With h = e^-2|x|/2: 1 - 2h/(1/2 + h), which near 0 is (1/2 -
/// h)/(1/2 + h) with the numerator from e^r - 1. That is a little over 2 ulp in f64: a polynomial
/// there.
template <class V> V tanh(const V& x) {
  V a = abs(x);
  V bounded = at_least(-2.0 * a, element_bits(x) == 32 ? -20.0 : -40.0);
  auto [shifted, n, head] = detail::reduce_exponent(bounded, detail::exponent_bias(x) - 1);
  V r = fma(n, detail::minus_ln2_low(x), head);
  V grown = fma(r * r, detail::expm1_tail(r), r);
  V scale = detail::power_of_two(shifted);
  V h = fma(scale, grown, scale);
  auto near = a < 0.75;
  V numerator = select(near, fma(-scale, grown, 0.5 - scale), -2.0 * h);
  V y = numerator / fma(scale, grown, 0.5 + scale), close = y;
  if (element_bits(x) == 64) {
    V z = x * x;
    close = fma(a * z, detail::tanh_small(z), a);
  }
  return copysign(select(near, close, 1.0 + y), x);
}

/// Hyperbolic sine; <= 1.3 ulp. With x = n*ln2 + r: sinh(x) = sinh(n ln2) cosh(r) + cosh(n ln2)
/// sinh(r), no division.
template <class V> V sinh(const V& x) {
  auto [head, low, up, down] = detail::hyperbolic_parts(abs(x));
  V r = head + low;
  V z = r * r;
  V sum = up + down, difference = up - down;
  V sinh_rest = fma(r * z, detail::sinh_tail(z), low);
  V cosh_rest = z * detail::cosh_tail(z);
  V main = fma(sum, head, difference);
  V lost = fma(sum, head, difference - main);
  V y = 2.0 * (main + fma(sum, sinh_rest, fma(difference, cosh_rest, lost)));
  return copysign(select(head == abs(x), fma(head * z, detail::sinh_tail(z), head), y), x);
}

/// Hyperbolic cosine; <= 1 ulp. From sinh(r) and cosh(r) both e^r and e^-r, no division.
template <class V> V cosh(const V& x) {
  auto [head, low, up, down] = detail::hyperbolic_parts(abs(x));
  V r = head + low;
  V z = r * r;
  V sinh_rest = fma(r * z, detail::sinh_tail(z), low);
  V cosh_rest = z * detail::cosh_tail(z);
  V main = 1.0 + head;  // e^r = main + lost + sinh_rest + cosh_rest
  V lost = head - (main - 1.0);
  V falling = down * (1.0 + (cosh_rest - (head + sinh_rest)));
  return 2.0 * fma(up, main, fma(up, lost + (sinh_rest + cosh_rest), falling));
}

/// 1/(1 + e^-x); <= 2 ulp, both tails, denormal results included: there q/(1 + q) with q = e^x.
template <class V> V sigmoid(const V& x) {
  const double least = element_bits(x) == 32 ? -87.0 : -708.0;
  V y = 1.0 / (1.0 + detail::exp_of_negative(at_most(-x, -least)));
  return rarely(x < least, y, [&] { return exp(x); });
}

}  // namespace torch::scalar
