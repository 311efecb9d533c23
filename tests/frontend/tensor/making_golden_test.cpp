// Splits, diagonals, joins, grids and places have libtorch's values, strides and gradients.
#include "tests/frontend/tensor/making_cases.h"

namespace golden {
static void all_making_cases(const Show& show) {
  more_shape_cases(show);
  more_join_cases(show);
  more_place_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Tensor, golden::all_making_cases, "tests/frontend/tensor/making_expected.txt")
