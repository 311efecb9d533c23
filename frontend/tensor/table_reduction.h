/// Rows (see table.h): reductions, running reductions, orders and counts.
#pragma once

#define WEFT_REDUCTION_TABLE(X)                                                              \
  /* with nans left out */                                                                   \
  X(Tensor, nansum,                                                                          \
    (OptionalIntArrayRef dim, bool keepdim = false, optional<ScalarType> dtype = nullopt),   \
    (dim, keepdim, dtype))                                                                   \
  X(Tensor, nanmean,                                                                         \
    (OptionalIntArrayRef dim, bool keepdim = false, optional<ScalarType> dtype = nullopt),   \
    (dim, keepdim, dtype))                                                                   \
  X(Tensor, any, (OptionalIntArrayRef dim, bool keepdim = false), (dim, keepdim))            \
  X(Tensor, all, (OptionalIntArrayRef dim, bool keepdim = false), (dim, keepdim))            \
  X(Tensor, count_nonzero, (IntArrayRef dim), (dim))                                         \
  X(Tensor, norm, (const optional<Scalar>& p, ScalarType dtype), (p, dtype))                 \
  X(Tensor, norm,                                                                            \
    (const optional<Scalar>& p, IntArrayRef dim, bool keepdim, ScalarType dtype),            \
    (p, dim, keepdim, dtype))                                                                \
  /* the norm of the difference */                                                           \
  X(Tensor, dist, (const Tensor& other, const Scalar& p = 2), (other, p))                    \
  /* slices along dim scaled down to a norm of at most maxnorm */                            \
  X(Tensor, renorm, (const Scalar& p, int64_t dim, const Scalar& maxnorm),                   \
    (p, dim, maxnorm))                                                                       \
  X(Tensor, sum_to_size, (IntArrayRef size), (size))                                         \
  X(TensorPair, aminmax, (optional<int64_t> dim, bool keepdim = false), (dim, keepdim))      \
  /* of elements 0 to i along dim */                                                         \
  X(Tensor, cumsum, (int64_t dim, optional<ScalarType> dtype = nullopt), (dim, dtype))       \
  X(Tensor, cumprod, (int64_t dim, optional<ScalarType> dtype = nullopt), (dim, dtype))      \
  X(Tensor, logcumsumexp, (int64_t dim), (dim))                                              \
  /* values, and the index of the last that is equal */                                      \
  X(TensorPair, cummax, (int64_t dim), (dim))                                                \
  X(TensorPair, cummin, (int64_t dim), (dim))                                                \
  /* differences of neighbours, n times */                                                   \
  X(Tensor, diff, (int64_t n, int64_t dim = -1), (n, dim))                                   \
  X(Tensor, diff, (int64_t n, int64_t dim, const optional<Tensor>& prepend),                 \
    (n, dim, prepend))                                                                       \
  X(Tensor, diff,                                                                            \
    (int64_t n, int64_t dim, const optional<Tensor>& prepend,                                \
     const optional<Tensor>& append),                                                        \
    (n, dim, prepend, append))                                                               \
  /* in ascending (descending) order, and where it was; equal ones stay in order, nan is     \
     largest */                                                                              \
  X(TensorPair, sort, (int64_t dim, bool descending = false), (dim, descending))             \
  X(TensorPair, sort, (optional<bool> stable, int64_t dim = -1, bool descending = false),    \
    (stable, dim, descending))                                                               \
  X(Tensor, argsort, (int64_t dim, bool descending = false), (dim, descending))              \
  X(Tensor, argsort, (bool stable, int64_t dim, bool descending), (stable, dim, descending)) \
  X(TensorPair, topk, (int64_t k, int64_t dim = -1, bool largest = true, bool sorted = true), \
    (k, dim, largest, sorted))                                                               \
  /* the k-th smallest, k from 1 */                                                          \
  X(TensorPair, kthvalue, (int64_t k, int64_t dim = -1, bool keepdim = false),               \
    (k, dim, keepdim))                                                                       \
  /* of an even number the lower one; nan wins, or is left out */                            \
  X(TensorPair, median, (int64_t dim, bool keepdim = false), (dim, keepdim))                 \
  X(TensorPair, nanmedian, (int64_t dim, bool keepdim = false), (dim, keepdim))              \
  /* the value that comes most often, the smallest of several */                             \
  X(TensorPair, mode, (int64_t dim, bool keepdim = false), (dim, keepdim))                   \
  X(Tensor, quantile,                                                                        \
    (const Tensor& q, optional<int64_t> dim = nullopt, bool keepdim = false,                 \
     c10::string_view interpolation = "linear"),                                             \
    (q, dim, keepdim, interpolation))                                                        \
  X(Tensor, quantile,                                                                        \
    (double q, optional<int64_t> dim = nullopt, bool keepdim = false,                        \
     c10::string_view interpolation = "linear"),                                             \
    (q, dim, keepdim, interpolation))                                                        \
  X(Tensor, nanquantile,                                                                     \
    (const Tensor& q, optional<int64_t> dim = nullopt, bool keepdim = false,                 \
     c10::string_view interpolation = "linear"),                                             \
    (q, dim, keepdim, interpolation))                                                        \
  X(Tensor, nanquantile,                                                                     \
    (double q, optional<int64_t> dim = nullopt, bool keepdim = false,                        \
     c10::string_view interpolation = "linear"),                                             \
    (q, dim, keepdim, interpolation))                                                        \
  /* how many elements lie in each of equal parts of [min, max]; of all when both are 0 */   \
  X(Tensor, histc, (int64_t bins, const Scalar& min = 0, const Scalar& max = 0),             \
    (bins, min, max))                                                                        \
  /* how often (or with what weights) each number from 0 comes. Evaluates */                 \
  X(Tensor, bincount, (const optional<Tensor>& weights, int64_t minlength = 0),              \
    (weights, minlength))

#define WEFT_REDUCTION_IN_PLACE(X)                                                           \
  X(cumsum, (int64_t dim, optional<ScalarType> dtype = nullopt), (dim, dtype))               \
  X(cumprod, (int64_t dim, optional<ScalarType> dtype = nullopt), (dim, dtype))              \
  X(renorm, (const Scalar& p, int64_t dim, const Scalar& maxnorm), (p, dim, maxnorm))
