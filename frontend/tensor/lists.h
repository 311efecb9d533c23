/// The elementwise functions by name: from these come members, in-place members, free functions and
/// definitions.
#pragma once

// Of one tensor; each is an op of the same name.
#define WEFT_UNARY_OPS(X)                                                                    \
  X(abs)                                                                                     \
  X(neg) X(sign) X(floor) X(ceil) X(round) X(trunc) X(square) X(sqrt) X(rsqrt) X(reciprocal) \
      X(exp) X(exp2) X(expm1) X(log) X(log2) X(log10) X(log1p) X(sin) X(cos) X(tan) X(asin)  \
          X(acos) X(atan) X(sinh) X(cosh) X(tanh) X(asinh) X(acosh) X(atanh) X(relu) X(sigmoid) X(erf) X(erfc)
// Of one tensor; other names for the same, or made of several ops.
#define WEFT_UNARY_COMPOSITES(X) \
  X(absolute)                    \
  X(negative) X(frac) X(logical_not) X(bitwise_not) X(sgn) X(arcsin) X(arccos) X(arctan) \
      X(arcsinh) X(arccosh) X(arctanh) X(fix) X(deg2rad) X(rad2deg) X(sinc)
// Of one tensor; the result is bool or a count of its own, so there is no in-place form.
#define WEFT_PREDICATES(X) X(isnan) X(isinf) X(isfinite) X(isposinf) X(isneginf)
// Of a tensor and a tensor or number; the result is bool.
#define WEFT_COMPARISONS(X)                                                             \
  X(eq) X(ne) X(lt) X(le) X(gt) X(ge) X(not_equal) X(less) X(less_equal) X(greater) X(greater_equal)
// Of a tensor and a tensor or number.
#define WEFT_BINARY_OPS(X)                                                                        \
  X(mul)                                                                                          \
  X(multiply)                                                                                     \
  X(true_divide) X(floor_divide) X(fmod) X(remainder) X(bitwise_and) X(bitwise_or) X(bitwise_xor) \
      X(bitwise_left_shift) X(bitwise_right_shift)
// Of two tensors, on truth values.
#define WEFT_LOGICAL_OPS(X) X(logical_and) X(logical_or) X(logical_xor)
