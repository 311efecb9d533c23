// The network: two convolutions with pooling, two fully connected layers.
#pragma once
#include <torch/torch.h>

/// 28x28 images (N, 1, 28, 28) to log probabilities of ten classes (N, 10).
struct SimpleModel : torch::nn::Module {
  SimpleModel()
      : conv1(register_module("conv1", torch::nn::Conv2d(1, 20, 5))),
        conv2(register_module("conv2", torch::nn::Conv2d(20, 50, 5))),
        fc1(register_module("fc1", torch::nn::Linear(800, 500))),
        fc2(register_module("fc2", torch::nn::Linear(500, 10))) {}

  torch::Tensor forward(torch::Tensor x) {
    x = torch::max_pool2d(torch::relu(conv1(x)), 2, 2);
    x = torch::max_pool2d(torch::relu(conv2(x)), 2, 2);
    x = torch::relu(fc1(x.view({-1, 800})));
    return torch::log_softmax(fc2(x), 1);
  }

  torch::nn::Conv2d conv1, conv2;
  torch::nn::Linear fc1, fc2;
};
