// Activations: what stands between linear layers, so that many of them are more than one.
#include <torch/torch.h>

#include <iostream>

namespace nn = torch::nn;
namespace F = torch::nn::functional;
using torch::Tensor;

// y and dy/dx at a few points
template <class Function> static void show(const char* name, Function function) {
  Tensor x = torch::tensor({-4.0, -1.0, -0.25, 0.5, 1.0, 4.0}, torch::requires_grad());
  Tensor y = function(x);
  y.sum().backward();
  std::cout << name << "\n" << torch::stack({y.detach(), x.grad()}) << "\n";
}

int main() {
  std::cout << "--- 4 Activation functions: a row of values, a row of derivatives\n";
  show("ReLU: max(0, x)", [](Tensor x) { return F::relu(x); });
  show("Sigmoid: 1 / (1 + exp(-x))", [](Tensor x) { return torch::sigmoid(x); });
  show("Tanh", [](Tensor x) { return torch::tanh(x); });
  show("LeakyReLU: a tenth of what is negative", [](Tensor x) {
    return F::leaky_relu(x, F::LeakyReLUFuncOptions().negative_slope(0.1));
  });
  show("ELU", [](Tensor x) { return F::elu(x, F::ELUFuncOptions().alpha(1.0)); });
  show("SELU", [](Tensor x) { return F::selu(x); });
  show("SiLU: x * sigmoid(x)", [](Tensor x) { return F::silu(x); });
  show("GELU", [](Tensor x) { return F::gelu(x); });
  show("Softplus", [](Tensor x) { return F::softplus(x); });
  show("Mish", [](Tensor x) { return F::mish(x); });
  show("Hardtanh", [](Tensor x) { return F::hardtanh(x); });
  show("Hardswish", [](Tensor x) { return torch::hardswish(x); });

  std::cout << "--- 4 The same as modules\n";
  Tensor x = torch::tensor({{-1.0, 0.0, 2.0}, {3.0, 3.0, 3.0}});
  std::cout << nn::ReLU()(x) << "\n" << nn::LeakyReLU(nn::LeakyReLUOptions())(x) << "\n";

  std::cout << "--- 4 Softmax: each row becomes probabilities\n";
  Tensor p = nn::Softmax(/*dim=*/1)(x);
  std::cout << p << "\nsums: " << p.sum(1) << "\n";
  Tensor log_p = F::log_softmax(x, /*dim=*/1);
  std::cout << "LogSoftmax is its logarithm: " << std::boolalpha << torch::allclose(log_p, p.log())
            << ", and stays finite where that does not:\n"
            << F::log_softmax(torch::tensor({0.0, 1000.0}), 0) << "\n";
}
