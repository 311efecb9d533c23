// Products made of products of matrices have libtorch's values and gradients.
#include "tests/frontend/tensor/algebra_cases.h"

namespace golden {
static void all_algebra_cases(const Show& show) {
  algebra_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Tensor, golden::all_algebra_cases, "tests/frontend/tensor/algebra_expected.txt")
