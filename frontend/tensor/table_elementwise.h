/// Rows (see table.h): elementwise functions of two, and of one with numbers.
#pragma once

#define WEFT_ELEMENTWISE_TABLE(X)                                                            \
  X(Tensor, subtract, (const Tensor& other, const Scalar& alpha = 1), (other, alpha))        \
  X(Tensor, subtract, (const Scalar& other, const Scalar& alpha = 1), (other, alpha))        \
  X(Tensor, divide, (const Tensor& other), (other))                                          \
  X(Tensor, divide, (const Scalar& other), (other))                                          \
  X(Tensor, divide, (const Tensor& other, optional<std::string> rounding_mode),              \
    (other, rounding_mode))                                                                  \
  X(Tensor, divide, (const Scalar& other, optional<std::string> rounding_mode),              \
    (other, rounding_mode))                                                                  \
  X(Tensor, clip, (const optional<Scalar>& min, const optional<Scalar>& max = nullopt),      \
    (min, max))                                                                              \
  X(Tensor, clip, (const optional<Tensor>& min, const optional<Tensor>& max), (min, max))    \
  /* zeros above (tril) or below (triu) the given diagonal of the last two dims */           \
  X(Tensor, tril, (int64_t diagonal = 0), (diagonal))                                        \
  X(Tensor, triu, (int64_t diagonal = 0), (diagonal))                                        \
  X(Tensor, copysign, (const Tensor& other), (other))                                        \
  X(Tensor, copysign, (const Scalar& other), (other))                                        \
  /* log(exp(self) + exp(other)), without overflow; and to base 2 */                         \
  X(Tensor, logaddexp, (const Tensor& other), (other))                                       \
  X(Tensor, logaddexp2, (const Tensor& other), (other))                                      \
  /* self * log(other); 0 where self is 0 */                                                 \
  X(Tensor, xlogy, (const Tensor& other), (other))                                           \
  X(Tensor, xlogy, (const Scalar& other), (other))                                           \
  /* sqrt(self^2 + other^2) */                                                               \
  X(Tensor, hypot, (const Tensor& other), (other))                                           \
  /* self * 2^other */                                                                       \
  X(Tensor, ldexp, (const Tensor& other), (other))                                           \
  /* the larger, smaller; a nan gives way to a number */                                     \
  X(Tensor, fmax, (const Tensor& other), (other))                                            \
  X(Tensor, fmin, (const Tensor& other), (other))                                            \
  /* 0 below 0, 1 above, `values` at 0 */                                                    \
  X(Tensor, heaviside, (const Tensor& values), (values))                                     \
  /* a power in double */                                                                    \
  X(Tensor, float_power, (const Tensor& exponent), (exponent))                               \
  X(Tensor, float_power, (const Scalar& exponent), (exponent))                               \
  X(Tensor, arctan2, (const Tensor& other), (other))                                         \
  /* log(self / (1 - self)), self first brought into [eps, 1 - eps] */                       \
  X(Tensor, logit, (optional<double> eps), (eps))                                            \
  /* numbers for nan (0) and the infinities (the largest, the lowest) */                     \
  X(Tensor, nan_to_num,                                                                      \
    (optional<double> nan, optional<double> posinf = nullopt,                                \
     optional<double> neginf = nullopt),                                                     \
    (nan, posinf, neginf))

#define WEFT_ELEMENTWISE_IN_PLACE(X)                                                         \
  X(copysign, (const Tensor& other), (other))                                                \
  X(copysign, (const Scalar& other), (other))                                                \
  X(xlogy, (const Tensor& other), (other))                                                   \
  X(xlogy, (const Scalar& other), (other))                                                   \
  X(hypot, (const Tensor& other), (other))                                                   \
  X(ldexp, (const Tensor& other), (other))                                                   \
  X(heaviside, (const Tensor& values), (values))                                             \
  X(float_power, (const Tensor& exponent), (exponent))                                       \
  X(float_power, (const Scalar& exponent), (exponent))                                       \
  X(arctan2, (const Tensor& other), (other))                                                 \
  X(logit, (optional<double> eps), (eps))                                                    \
  X(nan_to_num,                                                                              \
    (optional<double> nan, optional<double> posinf = nullopt,                                \
     optional<double> neginf = nullopt),                                                     \
    (nan, posinf, neginf))                                                                   \
  X(subtract, (const Tensor& other, const Scalar& alpha = 1), (other, alpha))                \
  X(subtract, (const Scalar& other, const Scalar& alpha = 1), (other, alpha))                \
  X(divide, (const Tensor& other), (other))                                                  \
  X(divide, (const Scalar& other), (other))                                                  \
  X(divide, (const Tensor& other, optional<std::string> rounding_mode),                      \
    (other, rounding_mode))                                                                  \
  X(divide, (const Scalar& other, optional<std::string> rounding_mode),                      \
    (other, rounding_mode))                                                                  \
  X(tril, (int64_t diagonal = 0), (diagonal))                                                \
  X(triu, (int64_t diagonal = 0), (diagonal))                                                \
  X(clip, (const optional<Scalar>& min, const optional<Scalar>& max = nullopt), (min, max))  \
  X(clip, (const optional<Tensor>& min, const optional<Tensor>& max), (min, max))
