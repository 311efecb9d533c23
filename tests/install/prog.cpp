// A program outside of the repository. Compiled as C++17 and C++20, by g++ and clang, against an installation.
#include <torch/torch.h>
#include <weft/weft.h>

#include <iostream>

namespace torch {
inline Tensor shifted(const Tensor& x) { return x + x; }
}  // namespace torch

int main() {
  torch::Tensor x({1, 2, 3});
  std::cout << torch::shifted(x).sum() << "\n";
  try {
    weft::Tensor bad({});
  } catch (const c10::Error& e) {
    std::cout << "caught\n";
  }
}
