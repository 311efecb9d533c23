// Activations where numbers end have libtorch's values and gradients.
#include "tests/frontend/functional/end_cases.h"

WEFT_GOLDEN(Ends, golden::end_cases, "tests/frontend/functional/ends_expected.txt")
