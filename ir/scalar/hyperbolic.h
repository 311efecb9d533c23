// Hyperbolic functions and the logistic one, from the pieces of exp.
#pragma once

#include "ir/scalar/exp.h"

namespace torch::scalar {

namespace detail {

/// (tanh(x)/x - 1)/z as a polynomial in z = x*x, x up to 0.8.
template <class V>
V tanh_small(const V& z) {
  if (element_bits(z) == 32)
    return horner(z, -0x1.55553ep-2, 0x1.110b58p-3, -0x1.b92b2ap-5, 0x1.5d15f2p-6, -0x1.e5e4c4p-8,
                  0x1.a00728p-10);
  return horner(z, -0x1.5555555555522p-2, 0x1.111111110df0dp-3, -0x1.ba1ba1b7fa364p-5,
                0x1.664f4824f0e8ap-6, -0x1.226e2bd242e95p-7, 0x1.d6d28fd4cb796p-9,
                -0x1.7d951076b085ep-10, 0x1.34e572d46f1f4p-11, -0x1.f061b0fe42d84p-13,
                0x1.81a65fbd2405dp-14, -0x1.0cf128db88f2dp-15, 0x1.1eeb709cb8e22p-17,
                -0x1.4b3dfa19dd6fep-20);
}

}  // namespace detail

/// Hyperbolic tangent; <= 1.3 ulp. x + x*z*p(z) near 0, 1 - 2q/(1 + q) with q = e^-2|x| beyond.
template <class V>
V tanh(const V& x) {
  V a = abs(x);
  V z = x * x;
  V small = fma(a * z, detail::tanh_small(z), a);
  V q = detail::exp_of_negative(-2.0 * a);
  V large = 1.0 - 2.0 * q / (1.0 + q);
  return copysign(select(a < 0.75, small, large), x);
}

/// 1/(1 + e^-x); <= 1.5 ulp, both tails, denormal results included.
template <class V>
V sigmoid(const V& x) {
  V q = exp(-abs(x));
  V numerator = select(x < 0.0, q, 1.0);
  return fma(-numerator, q / (1.0 + q), numerator);
}

/// 1/sqrt(x); <= 1.5 ulp. One division, one square root, each correctly rounded.
template <class V>
V rsqrt(const V& x) {
  return 1.0 / sqrt(x);
}

}  // namespace torch::scalar
