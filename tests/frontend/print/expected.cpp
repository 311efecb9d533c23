// Writes expected.txt. Compiled by hand against libtorch 2.15, no part of the build:
//   g++ -std=c++20 expected.cpp -Iinclude -Iinclude/torch/csrc/api/include -Llib -ltorch
//   -ltorch_cpu -lc10
#include <iostream>

#include "cases.h"

int main() {
  print_cases([](const char* name, const torch::Tensor& tensor) {
    std::cout << "=== " << name << "\n" << tensor << "\n";
  });
}
