// Initialisation: where training starts.
#include <torch/torch.h>

#include <cmath>
#include <iostream>

namespace nn = torch::nn;
using torch::Tensor;

static bool close(double value, double wanted, double tolerance) {
  return std::fabs(value - wanted) <= tolerance;
}

static void functions() {
  std::cout << "--- 8 Initialising tensors\n" << std::boolalpha;
  Tensor w = torch::empty({200, 300});
  nn::init::uniform_(w, 0, 1);
  std::cout << "uniform_: mean 1/2: " << close(w.mean().item<double>(), 0.5, 0.01) << "\n";
  nn::init::normal_(w, 0, 2);
  std::cout << "normal_: deviation 2: " << close(w.std().item<double>(), 2, 0.05) << "\n";
  nn::init::constant_(w, 0.3);
  std::cout << "constant_: " << w[7][7].item<float>() << "\n";
  nn::init::zeros_(w);
  std::cout << "zeros_: " << w.sum().item<float>() << "\n";
  nn::init::ones_(w);
  std::cout << "ones_: " << w.sum().item<float>() << "\n";

  // Variances that keep signals their size: by the counts of inputs and outputs
  nn::init::xavier_uniform_(w, nn::init::calculate_gain(torch::kTanh));
  const double bound = 5.0 / 3 * std::sqrt(6.0 / (200 + 300));
  std::cout << "xavier_uniform_: within its bound: "
            << (w.abs().max().item<double>() <= bound) << "\n";
  nn::init::xavier_normal_(w);
  std::cout << "xavier_normal_: " << close(w.std().item<double>(), std::sqrt(2.0 / 500), 0.002)
            << "\n";
  nn::init::kaiming_uniform_(w, /*a=*/0, torch::kFanIn, torch::kReLU);
  std::cout << "kaiming_uniform_: "
            << (w.abs().max().item<double>() <= std::sqrt(6.0 / 300)) << "\n";
  nn::init::kaiming_normal_(w, /*a=*/0, torch::kFanOut, torch::kReLU);
  std::cout << "kaiming_normal_: " << close(w.std().item<double>(), std::sqrt(2.0 / 200), 0.003)
            << "\n";
  Tensor square = torch::empty({32, 32});
  nn::init::orthogonal_(square);
  std::cout << "orthogonal_: Q Q^T = 1: "
            << torch::allclose(square.matmul(square.t()), torch::eye(32), 1e-4, 1e-4) << "\n";
}

struct SimpleModelImpl : nn::Module {
  SimpleModelImpl()
      : conv(register_module("conv", nn::Conv2d(1, 20, 5))),
        norm(register_module("norm", nn::BatchNorm2d(20))),
        fc(register_module("fc", nn::Linear(20 * 24 * 24, 10))) {}
  Tensor forward(Tensor x) { return fc(torch::relu(norm(conv(x))).flatten(1)); }
  nn::Conv2d conv;
  nn::BatchNorm2d norm;
  nn::Linear fc;
};
TORCH_MODULE(SimpleModel);

static void weights_init(nn::Module& m) {
  torch::NoGradGuard no_grad;
  if (auto* conv = m.as<nn::Conv2d>()) {
    nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
    if (conv->bias.defined()) nn::init::constant_(conv->bias, 0);
  } else if (auto* linear = m.as<nn::Linear>()) {
    nn::init::xavier_normal_(linear->weight);
    if (linear->bias.defined()) nn::init::constant_(linear->bias, 0);
  } else if (auto* norm = m.as<nn::BatchNorm2d>()) {
    nn::init::constant_(norm->weight, 1);
    nn::init::constant_(norm->bias, 0);
  }
}

static void whole_model() {
  std::cout << "--- 8 A whole model\n";
  SimpleModel model;
  // What layers do by themselves: Linear's weights are kaiming uniform, within 1 / sqrt(inputs).
  std::cout << "default: " << (model->fc->weight.abs().max().item<double>() <= 1 / std::sqrt(11520.0))
            << "\n";
  model->apply(weights_init);  // visits all modules
  std::cout << "biases: " << model->conv->bias.abs().sum().item<float>() << " "
            << model->fc->bias.abs().sum().item<float>() << "\n";
  std::cout << "conv's deviation: "
            << close(model->conv->weight.std().item<double>(), std::sqrt(2.0 / (20 * 25)), 0.01)
            << "\n";
  std::cout << "output " << model(torch::randn({2, 1, 28, 28})).sizes() << "\n";
}

int main() {
  functions();
  whole_model();
}
