// A program outside of the repository. Compiled as C++17 and C++20, by g++ and clang, against an
// installation.
#include <torch/torch.h>
#include <weft/weft.h>

#include <iostream>

namespace torch {
inline Tensor doubled(const Tensor& x) { return x + x; }
}  // namespace torch

struct Net : torch::nn::Module {
  Net() {
    first = register_module("first", torch::nn::Linear(2, 16));
    second = register_module("second", torch::nn::Linear(16, 1));
  }
  torch::Tensor forward(const torch::Tensor& x) { return second(torch::tanh(first(x))); }
  torch::nn::Linear first{nullptr}, second{nullptr};
};

int main() {
  std::cout << torch::doubled(torch::tensor({1, 2, 3})).sum().item<int64_t>() << "\n";

  torch::manual_seed(1);
  const auto x = torch::tensor({0, 0, 0, 1, 1, 0, 1, 1}, torch::kFloat).view({4, 2});
  const auto y = torch::tensor({0, 1, 1, 0}, torch::kFloat).view({4, 1});
  Net net;
  torch::optim::Adam adam(net.parameters(), torch::optim::AdamOptions(0.05));
  for (int step = 0; step < 200; ++step) {
    adam.zero_grad();
    torch::mse_loss(net.forward(x), y).backward();
    adam.step();
  }
  const auto loss = torch::mse_loss(net.forward(x), y);
  weft::eval(loss);
  std::cout << (loss.item<float>() < 0.01 ? "learned" : "learned nothing") << "\n";

  // Templates of the headers tell the library the program's line.
  torch::nn::Sequential chain(torch::nn::Linear(3, 4), torch::nn::Linear(5, 6));
  try {
    chain->forward(torch::ones({2, 3}));
  } catch (const c10::Error& error) {
    std::cout << (std::string(error.what()).find("prog.cpp:") < 200 ? "located" : error.what())
              << "\n";
  }

  try {
    net.forward(torch::ones({4, 3}));
  } catch (const c10::Error& error) {
    std::cout << "caught\n";
    std::cerr << error.what() << "\n";
  }
}
