// Reciprocal square root.
#pragma once

#include "ir/scalar/literal.h"

namespace torch::scalar {

/// 1/sqrt(x); <= 1.5 ulp: one square root and one division, each correctly rounded.
template <class V> V rsqrt(const V& x) { return 1.0 / sqrt(x); }

}  // namespace torch::scalar
