// A program outside of the repository. Compiled as C++17 and C++20, by g++ and clang, against an installation.
#include <torch/torch.h>
#include <weft/weft.h>

#include <iostream>

namespace torch {
inline Tensor doubled(const Tensor& x) { return x + x; }
}  // namespace torch

int main() {
  torch::Tensor x = torch::tensor({1.0f, 2.0f, 3.0f});
  std::cout << torch::doubled(x).sum().item<float>() << "\n";
  try {
    weft::matmul(weft::ones({2, 3}), weft::ones({2, 3}));
  } catch (const c10::Error& e) {
    std::cout << "caught\n";
  }
}
