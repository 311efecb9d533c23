/// Functions that write into a tensor that is given first: `add_out(out, a, b)`. It gets the
/// result's sizes; its dtype stays.
#pragma once
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace detail {
/// Writes the result of the function `what`.
Tensor& write_out(Tensor& out, const Tensor& result, const char* what, Location where);
/// The value as a tensor of its own: what a function returns that is no view, though its last op
/// makes one.
Tensor unaliased(const Tensor& view);
}  // namespace detail

// Of the rows of table.h: those with one result.
#define WEFT_OUT_AFTER_SELF(...) (Tensor & out, In self, __VA_ARGS__)
#define WEFT_OUT_OF_SELF(...) (self, __VA_ARGS__)
#define WEFT_OUT_Tensor(f, parameters, names)                                       \
  inline Tensor& f##_out WEFT_OUT_AFTER_SELF parameters {                           \
    return detail::write_out(out, torch::f WEFT_OUT_OF_SELF names, #f, self.where); \
  }
#define WEFT_OUT_TensorPair(f, parameters, names)
#define WEFT_OUT_Tensors(f, parameters, names)
#define WEFT_OUT_ROW(R, f, parameters, names) WEFT_OUT_##R(f, parameters, names)
WEFT_TABLE(WEFT_OUT_ROW)

// Of one tensor alone.
#define WEFT_OUT_NAME(f)                                           \
  inline Tensor& f##_out(Tensor& out, In self) {                   \
    return detail::write_out(out, torch::f(self), #f, self.where); \
  }
WEFT_UNARY_OPS(WEFT_OUT_NAME)
WEFT_UNARY_COMPOSITES(WEFT_OUT_NAME)
WEFT_PREDICATES(WEFT_OUT_NAME)

#define WEFT_OUT(f, parameters, names) WEFT_OUT_Tensor(f, parameters, names)
#define WEFT_OUT_BOTH(f)                      \
  WEFT_OUT(f, (const Tensor& other), (other)) \
  WEFT_OUT(f, (const Scalar& other), (other))
WEFT_COMPARISONS(WEFT_OUT_BOTH)
WEFT_BINARY_OPS(WEFT_OUT_BOTH)
WEFT_OUT_BOTH(div)
#define WEFT_OUT_OTHER(f) WEFT_OUT(f, (const Tensor& other), (other))
WEFT_LOGICAL_OPS(WEFT_OUT_OTHER)
WEFT_OUT_OTHER(atan2)
WEFT_OUT_OTHER(maximum)
WEFT_OUT_OTHER(minimum)
WEFT_OUT_OTHER(matmul)
WEFT_OUT_OTHER(mm)
WEFT_OUT_OTHER(bmm)
WEFT_OUT_OTHER(mv)
WEFT_OUT_OTHER(dot)
WEFT_OUT_OTHER(outer)
WEFT_OUT(add, (const Tensor& other, const Scalar& alpha = 1), (other, alpha))
WEFT_OUT(sub, (const Tensor& other, const Scalar& alpha = 1), (other, alpha))
WEFT_OUT(pow, (const Tensor& exponent), (exponent))
WEFT_OUT(pow, (const Scalar& exponent), (exponent))
WEFT_OUT(clamp, (const optional<Scalar>& min, const optional<Scalar>& max = nullopt), (min, max))
WEFT_OUT(lerp, (const Tensor& end, const Scalar& weight), (end, weight))
WEFT_OUT(lerp, (const Tensor& end, const Tensor& weight), (end, weight))
WEFT_OUT(addcmul, (const Tensor& a, const Tensor& b, const Scalar& value = 1), (a, b, value))
WEFT_OUT(addcdiv, (const Tensor& a, const Tensor& b, const Scalar& value = 1), (a, b, value))
WEFT_OUT(where, (const Tensor& a, const Tensor& b), (a, b))
WEFT_OUT(sum, (OptionalIntArrayRef dim, bool keepdim = false, optional<ScalarType> dtype = nullopt),
         (dim, keepdim, dtype))
WEFT_OUT(mean,
         (OptionalIntArrayRef dim, bool keepdim = false, optional<ScalarType> dtype = nullopt),
         (dim, keepdim, dtype))
WEFT_OUT(amax, (IntArrayRef dim = {}, bool keepdim = false), (dim, keepdim))
WEFT_OUT(amin, (IntArrayRef dim = {}, bool keepdim = false), (dim, keepdim))
WEFT_OUT(logsumexp, (IntArrayRef dim, bool keepdim = false), (dim, keepdim))
WEFT_OUT(index_select, (int64_t dim, const Tensor& index), (dim, index))
WEFT_OUT(gather, (int64_t dim, const Tensor& index, bool sparse_grad = false),
         (dim, index, sparse_grad))
WEFT_OUT(masked_select, (const Tensor& mask), (mask))
WEFT_OUT(take, (const Tensor& index), (index))
#undef WEFT_OUT_AFTER_SELF
#undef WEFT_OUT_OF_SELF
#undef WEFT_OUT_Tensor
#undef WEFT_OUT_TensorPair
#undef WEFT_OUT_Tensors
#undef WEFT_OUT_ROW
#undef WEFT_OUT_NAME
#undef WEFT_OUT
#undef WEFT_OUT_BOTH
#undef WEFT_OUT_OTHER

inline Tensor& cat_out(Tensor& out, TensorListIn tensors, int64_t dim = 0) {
  return detail::write_out(out, torch::cat(tensors, dim), "cat", tensors.where);
}
inline Tensor& stack_out(Tensor& out, TensorListIn tensors, int64_t dim = 0) {
  return detail::write_out(out, torch::stack(tensors, dim), "stack", tensors.where);
}
}  // namespace torch
