// Recurrent layers, attention and transformers have libtorch's values and gradients.
#include "tests/frontend/sequences/attention_cases.h"
#include "tests/frontend/sequences/recurrent_cases.h"

namespace golden {
static void sequence_cases(const Show& show) {
  layer_cases(show);
  cell_cases(show);
  packed_cases(show);
  dot_product_cases(show);
  multihead_cases(show);
  transformer_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Sequences, golden::sequence_cases, "tests/frontend/sequences/expected.txt")
