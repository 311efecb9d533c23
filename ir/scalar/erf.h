// The error function. Method: x + x*p(x^2) near 0; 1 - 2^p(|x|) beyond, p a minimax polynomial of
// log2(erfc) (N. Juffa's scheme); coefficients.py.
#pragma once

#include "ir/scalar/exp.h"
#include "ir/scalar/pair.h"

namespace torch::scalar {

namespace detail {

/// log2(erfc(x)) on [1.15, 4] (f32) or [1.15, 6] (f64), weighted for erf.
template <class V> V log2_erfc(const V& x) {
  if (element_bits(x) == 32)
    return horner(x, -0x1.21b0f8p-10, -0x1.9faea6p+0, -0x1.d92a1cp-1, -0x1.2ae43ep-3, 0x1.efcd48p-6,
                  -0x1.03c9f4p-8, 0x1.fa94bep-13);
  return horner(x, -0x1.b264b8227b48p-19, -0x1.a0bc9515ccbdp+0, -0x1.d64f4950e3484p-1,
                -0x1.2efa6ee361f2fp-3, 0x1.ba3883788a23cp-6, 0x1.24906034793d7p-10,
                -0x1.ad940577a726cp-9, 0x1.89d79f641b542p-10, -0x1.c12cd39c6351dp-12,
                0x1.54168333c5a7cp-14, -0x1.14bc9b7fcd8f4p-17, -0x1.d2d848ecc4634p-22,
                0x1.696ccffe7b679p-22, -0x1.1582f1900536p-24, 0x1.dde118115098ep-28,
                -0x1.d1fe14bd4c5b6p-32, 0x1.940d6ced0daf3p-37);
}

/// erf(x)/x - 1 as a polynomial in z = x*x, x up to 1.2.
template <class V> V erf_small(const V& z) {
  if (element_bits(z) == 32)
    return horner(z, 0x1.06eba8p-3, -0x1.812742p-2, 0x1.ce2e2ep-4, -0x1.b8192cp-6, 0x1.558d24p-8,
                  -0x1.b6bd08p-11, 0x1.ba5766p-14, -0x1.08a9e4p-17);
  return horner(z, 0x1.06eba8214db69p-3, -0x1.812746b037a21p-2, 0x1.ce2f21a04533cp-4,
                -0x1.b82ce3133137fp-6, 0x1.565bcd261587dp-8, -0x1.c02db800962acp-11,
                0x1.f9a3978cd8d35p-14, -0x1.f4dac786da2c3p-17, 0x1.ba5753ccf3efcp-20,
                -0x1.63995cffaa129p-23, 0x1.19d729376c23ap-26, -0x1.25de35e238b8ep-29,
                0x1.db70292ea6779p-32, -0x1.62b0da2be7e62p-34, 0x1.0ab233ceaba94p-37);
}

inline constexpr double scaled_erfc_constant = 0x1.12f21ddd9f5e2p+0;

/// e^(a*a) * erfc(a) * (a + 3) = constant + t*this, t = (a - 3)/(a + 3), a from 0 to 10.2
/// (f32), 27.3 (f64).
template <class V> V scaled_erfc(const V& t) {
  if (element_bits(t) == 32)
    return horner(t, -0x1.c44c48p-1, 0x1.2e3258p-1, -0x1.3deadcp-2, 0x1.e99bdep-4, -0x1.b7b4cp-6,
                  -0x1.44f9eep-10, 0x1.9298cp-9, -0x1.edaea2p-12, -0x1.4afebap-12);
  return horner(t, -0x1.c44c471baa377p-1, 0x1.2e326945de241p-1, -0x1.3deb21415df97p-2,
                0x1.e995f11b1fd68p-4, -0x1.b78993d616a5p-6, -0x1.3dd3e737980c6p-10,
                0x1.8dae39cf61055p-9, -0x1.1f78de4eb24ddp-11, -0x1.2238e531f814cp-12,
                0x1.c324b08593364p-14, 0x1.fdf76f9a544cap-16, -0x1.2513a3bbda933p-16,
                -0x1.3e53778e0759fp-18, 0x1.72aa87e9bc745p-19, 0x1.08ec9aad63113p-20,
                -0x1.b19e87a56971p-22, -0x1.d40249d868adfp-23, 0x1.7ce0a343d94cbp-25,
                0x1.4a4ec0cd3c1c1p-25, -0x1.fc89e5cff856dp-30, -0x1.ce36cba94c06cp-29);
}

}  // namespace detail

/// Error function; <= 1.35 ulp.
template <class V> V erf(const V& x) {
  V a = at_most(abs(x), element_bits(x) == 32 ? 4.0 : 6.0);
  V large = 1.0 - detail::exp2_of_small(detail::log2_erfc(a));
  V small = fma(a, detail::erf_small(a * a), a);
  return copysign(select(a < 1.17, small, large), x);
}

/// 1 - erf(x) without cancellation; <= 1.8 ulp, denormal results included. e^(-x^2) with the
/// square's rounding error kept, times a polynomial over (|x| + 3) (Shepherd and Laframboise 1981).
template <class V> V erfc(const V& x) {
  const bool narrow = element_bits(x) == 32;
  V a = at_most(abs(x), narrow ? 10.2 : 27.3);
  auto [sum, sum_low] = detail::ordered_sum(constant(x, 3.0), a);
  V inverse = 1.0 / sum;
  V t = (a - 3.0) * inverse;
  V t_error = fma(-t, sum_low, fma(-t, sum, a - 3.0)) * inverse;
  V slope_t = detail::scaled_erfc(t);
  auto [rise, rise_low] = detail::exact_product(t, slope_t);
  auto [p, p_low] = detail::ordered_sum(constant(x, detail::scaled_erfc_constant), rise);
  // The polynomial's derivative is near 1.4 slopes where t_error matters.
  p_low = fma(1.4 * t_error, slope_t, p_low + rise_low);
  V q = p * inverse;
  V q_low = (fma(-q, sum_low, fma(-q, sum, p)) + p_low) * inverse;

  V square = a * a;
  V square_low = fma(a, a, -square);
  auto [shifted, n, head] = detail::reduce_exponent(-square, 2 * detail::exponent_bias(x));
  V r = fma(n, detail::minus_ln2_low(x), head) - square_low;
  V slope = fma(r, detail::exp_tail(r), 1.0);
  V e = fma(r, slope, 1.0);
  V e_low = fma(r, slope, 1.0 - e);
  V product = fma(e, q, fma(e, q_low, e_low * q));
  V y = detail::scale(product, shifted);
  V near_0 = fma(-x, detail::erf_small(x * x), 1.0 - x);
  return select(abs(x) < 0.6, near_0, select(x < 0.0, 2.0 - y, y));
}

}  // namespace torch::scalar
