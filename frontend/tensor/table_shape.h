/// Rows (see table.h): views, copies in another shape, and what needs nothing but the tensor.
#pragma once

#define WEFT_SHAPE_TABLE(X)                                                                  \
  X(Tensor, broadcast_to, (IntArrayRef size), (size))                                        \
  X(Tensor, narrow, (int64_t dim, const Tensor& start, int64_t length),                      \
    (dim, start, length))                                                                    \
  X(Tensor, narrow_copy, (int64_t dim, int64_t start, int64_t length), (dim, start, length)) \
  X(Tensor, movedim, (IntArrayRef source, IntArrayRef destination), (source, destination))   \
  X(Tensor, moveaxis, (int64_t source, int64_t destination), (source, destination))          \
  X(Tensor, moveaxis, (IntArrayRef source, IntArrayRef destination), (source, destination))  \
  X(Tensor, swapdims, (int64_t dim0, int64_t dim1), (dim0, dim1))                            \
  X(Tensor, _reshape_alias, (IntArrayRef size, IntArrayRef stride), (size, stride))          \
  /* views: in `sections` parts, or cut at indices */                                        \
  X(Tensors, tensor_split, (int64_t sections, int64_t dim = 0), (sections, dim))             \
  X(Tensors, tensor_split, (IntArrayRef indices, int64_t dim = 0), (indices, dim))           \
  X(Tensors, tensor_split, (const Tensor& indices_or_sections, int64_t dim = 0),             \
    (indices_or_sections, dim))                                                              \
  X(Tensors, hsplit, (int64_t sections), (sections))                                         \
  X(Tensors, hsplit, (IntArrayRef indices), (indices))                                       \
  X(Tensors, vsplit, (int64_t sections), (sections))                                         \
  X(Tensors, vsplit, (IntArrayRef indices), (indices))                                       \
  X(Tensors, dsplit, (int64_t sections), (sections))                                         \
  X(Tensors, dsplit, (IntArrayRef indices), (indices))                                       \
  /* a matrix from a vector, a vector from a matrix */                                       \
  X(Tensor, diag, (int64_t diagonal), (diagonal))                                            \
  X(Tensor, diag_embed, (int64_t offset, int64_t dim1 = -2, int64_t dim2 = -1),              \
    (offset, dim1, dim2))                                                                    \
  X(Tensor, diagflat, (int64_t offset), (offset))                                            \
  X(Tensor, rot90, (int64_t k, IntArrayRef dims = {0, 1}), (k, dims))                        \
  /* self with src in the place of the view that the function of that name gives */          \
  X(Tensor, slice_scatter,                                                                   \
    (const Tensor& src, int64_t dim = 0, optional<int64_t> start = nullopt,                  \
     optional<int64_t> end = nullopt, int64_t step = 1),                                     \
    (src, dim, start, end, step))                                                            \
  X(Tensor, select_scatter, (const Tensor& src, int64_t dim, int64_t index),                 \
    (src, dim, index))                                                                       \
  X(Tensor, diagonal_scatter,                                                                \
    (const Tensor& src, int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1),             \
    (src, offset, dim1, dim2))                                                               \
  X(Tensor, as_strided_scatter,                                                              \
    (const Tensor& src, IntArrayRef size, IntArrayRef stride,                                \
     optional<int64_t> storage_offset = nullopt),                                            \
    (src, size, stride, storage_offset))

/// Functions of a tensor alone that are no elementwise ones: X(result, name).
#define WEFT_NAMES_TABLE(X)                                                                  \
  X(Tensor, adjoint)                                                                         \
  X(Tensor, fliplr)                                                                          \
  X(Tensor, flipud)                                                                          \
  X(Tensor, rot90)                                                                           \
  X(Tensor, diag)                                                                            \
  X(Tensor, diag_embed)                                                                      \
  X(Tensor, diagflat)                                                                        \
  X(Tensor, positive)                                                                        \
  X(Tensor, signbit)                                                                         \
  X(Tensor, isreal)                                                                          \
  X(Tensor, logit)                                                                           \
  X(Tensor, nan_to_num)                                                                      \
  X(Tensor, trace)                                                                           \
  X(Tensor, nansum)                                                                          \
  X(Tensor, nanmean)                                                                         \
  X(Tensor, median)                                                                          \
  X(Tensor, nanmedian)                                                                       \
  X(Tensor, argsort)                                                                         \
  X(Tensor, msort)                                                                           \
  X(Tensor, diff)                                                                            \
  X(Tensor, histc)                                                                           \
  X(Tensor, bincount)                                                                        \
  X(TensorPair, sort)                                                                        \
  X(TensorPair, mode)                                                                        \
  X(TensorPair, aminmax)                                                                     \
  X(Tensor, argwhere)                                                                        \
  X(Tensors, nonzero_numpy)
