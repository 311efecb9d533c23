// Half precision has libtorch's values and gradients, to a unit in bfloat16's last place.
#include "tests/frontend/dtypes/half_cases.h"

WEFT_GOLDEN(Halves, golden::half_cases, "tests/frontend/dtypes/halves.txt", 0x1p-7)
