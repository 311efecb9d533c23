// Layers, activations, losses and their gradients have libtorch's values.
#include "tests/frontend/nn/function_cases.h"
#include "tests/frontend/nn/layer_cases.h"

namespace golden {
static void layer_cases(const Show& show) {
  linear_cases(show);
  conv_cases(show);
  padding_mode_cases(show);
  pooling_cases(show);
  normalization_cases(show);
}
static void function_cases(const Show& show) {
  module_activation_cases(show);
  nll_cases(show);
  module_loss_cases(show);
  init_cases(show);
}
static void nn_cases(const Show& show) {
  layer_cases(show);
  function_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Nn, golden::nn_cases, "tests/frontend/nn/expected.txt")
