// The functions of the tables (frontend/tensor/table.h) have libtorch's values, dtypes, strides and
// gradients.
#include "tests/frontend/tensor/algebra_cases.h"
#include "tests/frontend/tensor/making_cases.h"
#include "tests/frontend/tensor/special_cases.h"
#include "tests/frontend/tensor/statistics_cases.h"

namespace golden {
static void function_cases(const Show& show) {
  more_unary_cases(show);
  more_binary_cases(show);
  more_in_place_cases(show);
  cumulative_cases(show);
  order_cases(show);
  quantile_cases(show);
  set_cases(show);
  more_shape_cases(show);
  more_join_cases(show);
  more_place_cases(show);
  algebra_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(TensorFunctions, golden::function_cases, "tests/frontend/tensor/functions_expected.txt")
