/// Operators of two tensors, or of a tensor and a number.
#pragma once
#include "frontend/tensor/functions.h"

namespace torch {
// Comparisons take both sides as `In`, so that C++20's reversed candidates are worse, not
// ambiguous.
#define WEFT_OPERATOR(symbol, Left)                                      \
  Tensor operator symbol(In a, Left b);                                  \
  Tensor operator symbol(In a, const Scalar& b);                         \
  Tensor operator symbol(ScalarIn a, Left b);
WEFT_OPERATOR(+, const Tensor&)
WEFT_OPERATOR(-, const Tensor&)
WEFT_OPERATOR(*, const Tensor&)
WEFT_OPERATOR(/, const Tensor&)
WEFT_OPERATOR(%, const Tensor&)
WEFT_OPERATOR(&, const Tensor&)
WEFT_OPERATOR(|, const Tensor&)
WEFT_OPERATOR(^, const Tensor&)
WEFT_OPERATOR(<, const Tensor&)
WEFT_OPERATOR(<=, const Tensor&)
WEFT_OPERATOR(>, const Tensor&)
WEFT_OPERATOR(>=, const Tensor&)
WEFT_OPERATOR(==, In)
WEFT_OPERATOR(!=, In)
#undef WEFT_OPERATOR
Tensor operator-(In a);
Tensor operator~(In a);
/// Of bool tensors.
Tensor operator!(In a);
}  // namespace torch
