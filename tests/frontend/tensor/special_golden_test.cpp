// Elementwise functions of the tables (frontend/tensor/table.h) have libtorch's values, dtypes and gradients.
#include "tests/frontend/tensor/special_cases.h"

namespace golden {
static void all_special_cases(const Show& show) {
  more_unary_cases(show);
  more_binary_cases(show);
  more_in_place_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Tensor, golden::all_special_cases, "tests/frontend/tensor/special_expected.txt")
