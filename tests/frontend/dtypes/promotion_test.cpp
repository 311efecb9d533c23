// Dtypes of results, and integer arithmetic, are libtorch's.
#include "tests/frontend/dtypes/integer_cases.h"

namespace golden {
static void dtype_cases(const Show& show) {
  promotion_cases(show);
  integer_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Dtypes, golden::dtype_cases, "tests/frontend/dtypes/promotion.txt")
