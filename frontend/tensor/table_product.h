/// Rows (see table.h): products of vectors and matrices.
#pragma once

#define WEFT_PRODUCT_TABLE(X)                                                                \
  /* beta * self + alpha * (a product) */                                                    \
  X(Tensor, addmm,                                                                           \
    (const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1,                         \
     const Scalar& alpha = 1),                                                               \
    (mat1, mat2, beta, alpha))                                                               \
  X(Tensor, addmv,                                                                           \
    (const Tensor& mat, const Tensor& vec, const Scalar& beta = 1, const Scalar& alpha = 1), \
    (mat, vec, beta, alpha))                                                                 \
  X(Tensor, baddbmm,                                                                         \
    (const Tensor& batch1, const Tensor& batch2, const Scalar& beta = 1,                     \
     const Scalar& alpha = 1),                                                               \
    (batch1, batch2, beta, alpha))                                                           \
  /* beta * self + alpha * (the sum of the products of a batch) */                           \
  X(Tensor, addbmm,                                                                          \
    (const Tensor& batch1, const Tensor& batch2, const Scalar& beta = 1,                     \
     const Scalar& alpha = 1),                                                               \
    (batch1, batch2, beta, alpha))                                                           \
  /* beta * self + alpha * outer(vec1, vec2) */                                              \
  X(Tensor, addr,                                                                            \
    (const Tensor& vec1, const Tensor& vec2, const Scalar& beta = 1,                         \
     const Scalar& alpha = 1),                                                               \
    (vec1, vec2, beta, alpha))                                                               \
  X(Tensor, ger, (const Tensor& vec2), (vec2))                                               \
  /* sums of products along the last dims of both */                                         \
  X(Tensor, inner, (const Tensor& other), (other))                                           \
  X(Tensor, vdot, (const Tensor& other), (other))                                            \
  X(Tensor, kron, (const Tensor& other), (other))                                            \
  /* of vectors of 3 along dim (the first of size 3 unless said) */                          \
  X(Tensor, cross, (const Tensor& other, optional<int64_t> dim = nullopt), (other, dim))     \
  X(Tensor, matrix_power, (int64_t n), (n))

#define WEFT_PRODUCT_IN_PLACE(X)                                                             \
  X(addmm,                                                                                   \
    (const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1,                         \
     const Scalar& alpha = 1),                                                               \
    (mat1, mat2, beta, alpha))                                                               \
  X(addbmm,                                                                                  \
    (const Tensor& batch1, const Tensor& batch2, const Scalar& beta = 1,                     \
     const Scalar& alpha = 1),                                                               \
    (batch1, batch2, beta, alpha))                                                           \
  X(addr,                                                                                    \
    (const Tensor& vec1, const Tensor& vec2, const Scalar& beta = 1,                         \
     const Scalar& alpha = 1),                                                               \
    (vec1, vec2, beta, alpha))                                                               \
  X(addmv,                                                                                   \
    (const Tensor& mat, const Tensor& vec, const Scalar& beta = 1, const Scalar& alpha = 1), \
    (mat, vec, beta, alpha))                                                                 \
  X(baddbmm,                                                                                 \
    (const Tensor& batch1, const Tensor& batch2, const Scalar& beta = 1,                     \
     const Scalar& alpha = 1),                                                               \
    (batch1, batch2, beta, alpha))
