// Single matmuls and convolutions, in the API that Weft and libtorch have in common.
#pragma once
#include "bench/workloads.h"

namespace bench {
struct Contraction {
  std::string table, name;  // "matmul" or "conv"; "forward 64x1x28x28 20x1x5x5"
  double flops;             // of a step: two a product
  std::function<Step()> make;
};
std::vector<Contraction> contractions();
}  // namespace bench
