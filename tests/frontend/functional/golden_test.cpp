// Activations, losses and what stands around them, with their gradients, have libtorch's values.
#include "tests/frontend/functional/composite_cases.h"
#include "tests/frontend/functional/ctc_cases.h"
#include "tests/frontend/functional/loss_cases.h"

namespace golden {
static void functional_cases(const Show& show) {
  activation_cases(show);
  loss_cases(show);
  loss_module_cases(show);
  composite_cases(show);
  ctc_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Functional, golden::functional_cases, "tests/frontend/functional/expected.txt")
