// Layers of windows, normalisation, padding, tables and resampling have libtorch's values, gradients
// and text.
#include "tests/frontend/nn/adaptive_cases.h"
#include "tests/frontend/nn/embedding_cases.h"
#include "tests/frontend/nn/group_cases.h"
#include "tests/frontend/nn/padding_cases.h"
#include "tests/frontend/nn/print_cases.h"
#include "tests/frontend/nn/resampling_cases.h"
#include "tests/frontend/nn/transpose_cases.h"

namespace golden {
static void pooling_at_places(const Show& show) {
  adaptive_cases(show);
  lp_cases(show);
  unpool_cases(show);
  fractional_cases(show);
}
static void layers_cases(const Show& show) {
  conv_transpose_cases(show);
  conv_name_cases(show);
  pooling_at_places(show);
  group_norm_cases(show);
  instance_norm_cases(show);
  response_cases(show);
  padding_cases(show);
  embedding_cases(show);
  embedding_bag_cases(show);
  module_bilinear_cases(show);
  upsample_cases(show);
  grid_cases(show);
  print_windows(show);
  print_others(show);
}
}  // namespace golden

WEFT_GOLDEN(Layers, golden::layers_cases, "tests/frontend/nn/layers_expected.txt")
