// Writes "tests/frontend/print/expected.txt": by scripts/golden against libtorch 2.15 (hence
// WEFT_GOLDEN_WRITER), no part of the build.
#include <iostream>

#include "cases.h"

int main() {
  print_cases([](const char* name, const torch::Tensor& tensor) {
    std::cout << "=== " << name << "\n" << tensor << "\n";
  });
}
