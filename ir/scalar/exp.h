// Exponentials. Method: x = n*ln2 + r, |r| <= ln2/2, in two fused steps (Cody and Waite 1980); e^r
// by a minimax polynomial (coefficients.py); 2^n is put together in the exponent field, as two
// factors where the result may overflow or be denormal.
#pragma once

#include "ir/scalar/literal.h"

namespace torch::scalar {

namespace detail {

/// x = n*ln2_high + head, exactly. The low bits of `shifted` hold n + offset, ready for the
/// exponent field.
template <class V> struct ReducedExponent { V shifted, n, head; };

/// ln2_high - ln2, so that fma(n, this, head) = x - n*ln2.
template <class V> V minus_ln2_low(const V& x) {
  return constant(x, element_bits(x) == 32 ? 0x1.05c61p-29 : -0x1.abc9e3b39803fp-56);
}

template <class V> ReducedExponent<V> reduce_exponent(const V& x, int offset) {
  const bool narrow = element_bits(x) == 32;
  V shifted = fma(x, 0x1.71547652b82fep+0, fixed_point(x) + offset);
  V n = shifted - (fixed_point(x) + offset);
  V head = fma(n, narrow ? -0x1.62e43p-1 : -0x1.62e42fefa39efp-1, x);
  return {shifted, n, head};
}

/// q with e^r = 1 + r + r*r*q(r) on |r| <= ln2/2, weighted for e^r.
template <class V> V exp_tail(const V& r) {
  if (element_bits(r) == 32)
    return horner(r, 0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558a2p-5, 0x1.12397ap-7, 0x1.6a5adep-10);
  return horner(r, 0x1.000000000000ap-1, 0x1.5555555555508p-3, 0x1.55555555506dep-5,
                0x1.111111112488cp-7, 0x1.6c16c1846e40ep-10, 0x1.a01a013a6d9f8p-13,
                0x1.a01999749b2d3p-16, 0x1.71df0309d39dep-19, 0x1.28aded1e57ba7p-22,
                0x1.adb4605320d2ap-26);
}

/// The same, weighted for e^r - 1.
template <class V> V expm1_tail(const V& r) {
  if (element_bits(r) == 32)
    return horner(r, 0x1.fffffep-2, 0x1.5554b4p-3, 0x1.5557p-5, 0x1.1225dcp-7, 0x1.6b8818p-10);
  return horner(r, 0x1.0000000000005p-1, 0x1.555555555554ep-3, 0x1.5555555552265p-5,
                0x1.1111111115174p-7, 0x1.6c16c17ecbba7p-10, 0x1.a01a0185a67efp-13,
                0x1.a019a7bf6086cp-16, 0x1.71de6a28aef26p-19, 0x1.28a18920260fap-22,
                0x1.ae92778c48c6ap-26);
}

template <class V> int mantissa_bits(const V& x) { return element_bits(x) == 32 ? 23 : 52; }
template <class V> int exponent_bias(const V& x) { return element_bits(x) == 32 ? 127 : 1023; }

/// The float whose exponent field is the low bits of an integer or of `shifted`.
template <class V> V power_of_two(const V& shifted) {
  return from_bits(shift_left(bits(shifted), mantissa_bits(shifted)));
}

/// 2^x for -100 < x <= 0, with an absolute error fit for 1 - 2^x where 2^x < 1/4.
template <class V> V exp2_of_small(const V& x) {
  const double magic = fixed_point(x) + exponent_bias(x);
  V shifted = x + magic;
  V r = x - (shifted - magic);
  V q = element_bits(x) == 32
            ? horner(r, 0x1.62e432p-1, 0x1.ebf9b4p-3, 0x1.c6adbep-5, 0x1.3cedecp-7, 0x1.5fafcap-10)
            : horner(r, 0x1.62e42fefa3a19p-1, 0x1.ebfbdff82c5b3p-3, 0x1.c6b08d703cf2fp-5,
                     0x1.3b2ab6fb9dbcep-7, 0x1.5d87fe9d6415ap-10, 0x1.430913160d8c7p-13,
                     0x1.ffcb5432e269dp-17, 0x1.62bfb637d49c0p-20, 0x1.b675a31963a3ep-24,
                     0x1.e6381f746af33p-28);
  return fma(r, q, 1.0) * power_of_two(shifted);
}

/// p * 2^n, rounded once, also where 2^n itself is out of range. The low bits of `shifted` hold n +
/// 2*bias.
template <class V> V scale(const V& p, const V& shifted) {
  const int width = mantissa_bits(p);
  auto both = bits(shifted);  // the sum of two exponent fields
  auto first = shift_right_logical(both, 1);
  return p * from_bits(shift_left(first, width)) * from_bits(shift_left(both - first, width));
}

/// Added to n, leaves in the low bits what scale() wants.
template <class V> double scale_magic(const V& x) { return fixed_point(x) + 2 * exponent_bias(x); }

/// (2^r - 1)/r on |r| <= 1/2, weighted for 2^r.
template <class V> V exp2_tail(const V& r) {
  if (element_bits(r) == 32)
    return horner(r, 0x1.62e43p-1, 0x1.ebfbdcp-3, 0x1.c6af7ap-5, 0x1.3b2dc6p-7, 0x1.5f0958p-10,
                  0x1.4185d2p-13);
  return horner(r, 0x1.62e42fefa39efp-1, 0x1.ebfbdff82c59cp-3, 0x1.c6b08d704a0d5p-5,
                0x1.3b2ab6fba11f5p-7, 0x1.5d87fe78b38d4p-10, 0x1.4309130c019d6p-13,
                0x1.ffcbfbf95968bp-17, 0x1.62bfcddc4559fp-20, 0x1.b5260c7b11236p-24,
                0x1.e611a6a427b62p-28, 0x1.e8113fe789fdep-32);
}

/// e^x for x <= 0 (or nan), without denormal results: 0 below about -87 (f32) or -708 (f64). The
/// core of tanh, erf.
template <class V> V exp_of_negative(const V& x) {
  const bool narrow = element_bits(x) == 32;
  auto [shifted, n, head] = reduce_exponent(at_least(x, narrow ? -87.0 : -708.0), exponent_bias(x));
  V r = fma(n, minus_ln2_low(x), head);
  return fma(r, fma(r, exp_tail(r), 1.0), 1.0) * power_of_two(shifted);
}

}  // namespace detail

/// e^x; <= 0.95 ulp, denormal results included.
template <class V> V exp(const V& x) {
  const bool narrow = element_bits(x) == 32;
  V bounded = at_least(at_most(x, narrow ? 89.0 : 710.0), narrow ? -105.0 : -746.0);
  auto [shifted, n, head] = detail::reduce_exponent(bounded, 2 * detail::exponent_bias(x));
  V r = fma(n, detail::minus_ln2_low(x), head);
  return detail::scale(fma(r, fma(r, detail::exp_tail(r), 1.0), 1.0), shifted);
}

/// 2^x; <= 0.95 ulp, denormal results included.
template <class V> V exp2(const V& x) {
  const bool narrow = element_bits(x) == 32;
  V bounded = at_least(at_most(x, narrow ? 129.0 : 1025.0), narrow ? -151.0 : -1076.0);
  V shifted = bounded + detail::scale_magic(x);
  V r = bounded - (shifted - detail::scale_magic(x));
  return detail::scale(fma(r, detail::exp2_tail(r), 1.0), shifted);
}

/// e^x - 1 without cancellation; <= 1.3 ulp, keeps -0.
template <class V> V expm1(const V& x) {
  const bool narrow = element_bits(x) == 32;
  V bounded = at_least(at_most(x, narrow ? 89.0 : 710.0), narrow ? -20.0 : -40.0);
  auto [shifted, n, head] = detail::reduce_exponent(bounded, detail::exponent_bias(x) - 1);
  V low = n * detail::minus_ln2_low(x);
  V r = head + low;
  V tail = fma(r * r, detail::expm1_tail(r), low);
  V half_scale =
      detail::power_of_two(shifted);  // 2^(n-1): 2^n may overflow where the result does not
  V high = fma(half_scale, head, half_scale - 0.5);  // often exact: head is
  V y = 2.0 * fma(half_scale, tail, high);
  return select(abs(x) < (narrow ? 0x1p-25 : 0x1p-54), x, y);
}

}  // namespace torch::scalar
