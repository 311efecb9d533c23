// Running reductions, orders, quantiles and sets have libtorch's values, dtypes and gradients.
#include "tests/frontend/tensor/statistics_cases.h"

namespace golden {
static void all_statistics_cases(const Show& show) {
  cumulative_cases(show);
  order_cases(show);
  quantile_cases(show);
  set_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Tensor, golden::all_statistics_cases, "tests/frontend/tensor/statistics_expected.txt")
