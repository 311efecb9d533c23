/// Rows (see table.h): elements that integer tensors or masks choose.
#pragma once

#define WEFT_INDEXING_TABLE(X)                                                               \
  /* slices of source put (filled, added) at the slices of self that index names */          \
  X(Tensor, index_copy, (int64_t dim, const Tensor& index, const Tensor& source),            \
    (dim, index, source))                                                                    \
  X(Tensor, index_fill, (int64_t dim, const Tensor& index, const Scalar& value),             \
    (dim, index, value))                                                                     \
  X(Tensor, index_fill, (int64_t dim, const Tensor& index, const Tensor& value),             \
    (dim, index, value))                                                                     \
  /* the elements of source one after the other where the mask holds. Evaluates the mask */  \
  X(Tensor, masked_scatter, (const Tensor& mask, const Tensor& source), (mask, source))      \
  /* source put (or added) at positions of self seen as a vector */                          \
  X(Tensor, put, (const Tensor& index, const Tensor& source, bool accumulate = false),       \
    (index, source, accumulate))                                                             \
  /* reduce: "add" or "multiply" */                                                          \
  X(Tensor, scatter,                                                                         \
    (int64_t dim, const Tensor& index, const Tensor& src, c10::string_view reduce),          \
    (dim, index, src, reduce))                                                               \
  X(Tensor, scatter,                                                                         \
    (int64_t dim, const Tensor& index, const Scalar& value, c10::string_view reduce),        \
    (dim, index, value, reduce))                                                             \
  /* reduce: "sum", "prod", "mean", "amax" or "amin" of what arrives at a place and, with    \
     include_self, what was there */                                                         \
  X(Tensor, scatter_reduce,                                                                  \
    (int64_t dim, const Tensor& index, const Tensor& src, c10::string_view reduce,           \
     bool include_self = true),                                                              \
    (dim, index, src, reduce, include_self))                                                 \
  X(Tensor, index_reduce,                                                                    \
    (int64_t dim, const Tensor& index, const Tensor& source, c10::string_view reduce,        \
     bool include_self = true),                                                              \
    (dim, index, source, reduce, include_self))                                              \
  /* gather with broadcasting; without a dim: of self as a vector */                         \
  X(Tensor, take_along_dim, (const Tensor& indices, optional<int64_t> dim = nullopt),       \
    (indices, dim))                                                                          \
  /* draws of positions by the weights in a row of self */                                   \
  X(Tensor, multinomial,                                                                     \
    (int64_t num_samples, bool replacement = false, optional<Generator> generator = nullopt), \
    (num_samples, replacement, generator))                                                   \
  X(Tensor, repeat_interleave,                                                               \
    (const Tensor& repeats, optional<int64_t> dim, optional<int64_t> output_size = nullopt), \
    (repeats, dim, output_size))                                                             \
  X(Tensor, repeat_interleave,                                                               \
    (int64_t repeats, optional<int64_t> dim = nullopt,                                       \
     optional<int64_t> output_size = nullopt),                                               \
    (repeats, dim, output_size))

#define WEFT_INDEXING_IN_PLACE(X)                                                            \
  X(index_copy, (int64_t dim, const Tensor& index, const Tensor& source),                    \
    (dim, index, source))                                                                    \
  X(index_fill, (int64_t dim, const Tensor& index, const Scalar& value),                     \
    (dim, index, value))                                                                     \
  X(index_fill, (int64_t dim, const Tensor& index, const Tensor& value),                     \
    (dim, index, value))                                                                     \
  X(masked_scatter, (const Tensor& mask, const Tensor& source), (mask, source))              \
  X(put, (const Tensor& index, const Tensor& source, bool accumulate = false),               \
    (index, source, accumulate))                                                             \
  X(scatter, (int64_t dim, const Tensor& index, const Tensor& src, c10::string_view reduce), \
    (dim, index, src, reduce))                                                               \
  X(scatter,                                                                                 \
    (int64_t dim, const Tensor& index, const Scalar& value, c10::string_view reduce),        \
    (dim, index, value, reduce))                                                             \
  X(scatter_reduce,                                                                          \
    (int64_t dim, const Tensor& index, const Tensor& src, c10::string_view reduce,           \
     bool include_self = true),                                                              \
    (dim, index, src, reduce, include_self))                                                 \
  X(index_reduce,                                                                            \
    (int64_t dim, const Tensor& index, const Tensor& source, c10::string_view reduce,        \
     bool include_self = true),                                                              \
    (dim, index, source, reduce, include_self))
