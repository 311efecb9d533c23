// Tensor functions have libtorch's values, dtypes, strides and gradients.
#include "tests/frontend/tensor/reduction_cases.h"
#include "tests/frontend/tensor/shape_cases.h"

namespace golden {
static void tensor_cases(const Show& show) {
  unary_cases(show);
  binary_type_cases(show);
  binary_cases(show);
  tensor_in_place_cases(show);
  reduction_cases(show);
  product_cases(show);
  view_cases(show);
  join_cases(show);
  indexing_cases(show);
  factory_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Tensor, golden::tensor_cases, "tests/frontend/tensor/expected.txt")
