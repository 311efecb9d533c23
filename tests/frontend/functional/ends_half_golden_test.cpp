// The same of Half and BFloat16, which round.
#include "tests/frontend/functional/end_cases.h"

WEFT_GOLDEN(Ends, golden::half_end_cases, "tests/frontend/functional/ends_half_expected.txt", 8e-3)
