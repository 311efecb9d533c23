// What autograd does and says, as libtorch.
#include "tests/frontend/autograd/backward_cases.h"
#include "tests/frontend/autograd/function_cases.h"
#include "tests/frontend/autograd/hook_cases.h"
#include "tests/frontend/autograd/name_cases.h"
#include "tests/frontend/autograd/release_cases.h"

namespace golden {
static void autograd_cases(const Show& show) {
  current = show;
  backwards();
  refusals();
  releases();
  tensor_hooks();
  retained();
  node_hooks();
  functions();
  function_errors();
  names();
  graph();
}
}  // namespace golden

WEFT_GOLDEN(Autograd, golden::autograd_cases, "tests/frontend/autograd/expected.txt")
