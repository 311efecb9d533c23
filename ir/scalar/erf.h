// The error function. Method: x + x*p(x^2) near 0; 1 - 2^p(|x|) beyond, p a minimax polynomial of log2(erfc)
// (N. Juffa's scheme); coefficients.py.
#pragma once

#include "ir/scalar/exp.h"

namespace torch::scalar {

namespace detail {

/// log2(erfc(x)) on [1.15, 4] (f32) or [1.15, 6] (f64), weighted for erf.
template <class V>
V log2_erfc(const V& x) {
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
template <class V>
V erf_small(const V& z) {
  if (element_bits(z) == 32)
    return horner(z, 0x1.06eba8p-3, -0x1.812742p-2, 0x1.ce2e2ep-4, -0x1.b8192cp-6, 0x1.558d24p-8,
                  -0x1.b6bd08p-11, 0x1.ba5766p-14, -0x1.08a9e4p-17);
  return horner(z, 0x1.06eba8214db69p-3, -0x1.812746b037a21p-2, 0x1.ce2f21a04533cp-4,
                -0x1.b82ce3133137fp-6, 0x1.565bcd261587dp-8, -0x1.c02db800962acp-11,
                0x1.f9a3978cd8d35p-14, -0x1.f4dac786da2c3p-17, 0x1.ba5753ccf3efcp-20,
                -0x1.63995cffaa129p-23, 0x1.19d729376c23ap-26, -0x1.25de35e238b8ep-29,
                0x1.db70292ea6779p-32, -0x1.62b0da2be7e62p-34, 0x1.0ab233ceaba94p-37);
}

}  // namespace detail

/// Error function; <= 1 ulp.
template <class V>
V erf(const V& x) {
  V a = at_most(abs(x), element_bits(x) == 32 ? 4.0 : 6.0);
  V large = 1.0 - detail::exp2_of_small(detail::log2_erfc(a));
  V small = fma(a, detail::erf_small(a * a), a);
  return copysign(select(a < 1.17, small, large), x);
}

}  // namespace torch::scalar
