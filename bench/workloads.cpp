#include "bench/workloads.h"

namespace bench {
namespace {
using torch::Tensor;
namespace nn = torch::nn;
namespace F = torch::nn::functional;

Step chain() {
  const Tensor x = normal({1 << 24}), b = normal({1 << 24});
  return [=] {
    const Tensor y = torch::gelu(x * 0.5 + b, "tanh") * torch::sigmoid(x);
    sync({y});
    return y;
  };
}

// Forward and backward of a function of a matrix, without an update.
Step rows(bool norm) {
  const Tensor x = normal({8192, 1024}).requires_grad_(), w = normal({8192, 1024});
  const Tensor g = torch::ones({1024}, device()).requires_grad_(),
               b = torch::zeros({1024}, device()).requires_grad_();
  return [=] {
    for (const Tensor& t : {x, g, b}) t.mutable_grad() = Tensor();
    const Tensor y = norm ? torch::layer_norm(x, {1024}, g, b) : torch::softmax(x, -1);
    const Tensor loss = (y * w).sum();
    loss.backward();
    if (norm) sync({loss, x.grad(), g.grad(), b.grad()});
    else sync({loss, x.grad()});
    return loss;
  };
}
Step softmax() { return rows(false); }
Step layernorm() { return rows(true); }

Step matmul() {
  const Tensor a = normal({1024, 1024}), b = normal({1024, 1024});
  return [=] {
    const Tensor y = a.matmul(b);
    sync({y});
    return y;
  };
}

Step mlp() {
  nn::Sequential model(nn::Linear(784, 512), nn::ReLU(), nn::Linear(512, 512), nn::ReLU(),
                       nn::Linear(512, 10));
  fill(*model);
  const Tensor x = normal({128, 784}), y = integers(10, 128);
  auto adam =
      std::make_shared<torch::optim::Adam>(model->parameters(), torch::optim::AdamOptions(1e-3));
  return training(model, adam,
                  [=](nn::Sequential& m) { return F::cross_entropy(m->forward(x), y); });
}

struct SimpleModel : nn::Module {
  SimpleModel()
      : conv1(register_module("conv1", nn::Conv2d(1, 20, 5))),
        conv2(register_module("conv2", nn::Conv2d(20, 50, 5))),
        fc1(register_module("fc1", nn::Linear(800, 500))),
        fc2(register_module("fc2", nn::Linear(500, 10))) {}
  Tensor forward(Tensor x) {
    x = torch::max_pool2d(torch::relu(conv1(x)), 2, 2);
    x = torch::max_pool2d(torch::relu(conv2(x)), 2, 2);
    return torch::log_softmax(fc2(torch::relu(fc1(x.view({-1, 800})))), 1);
  }
  nn::Conv2d conv1, conv2;
  nn::Linear fc1, fc2;
};
Step cnn() {
  auto model = std::make_shared<SimpleModel>();
  fill(*model);
  const Tensor x = normal({64, 1, 28, 28}), y = integers(10, 64);
  auto sgd = std::make_shared<torch::optim::SGD>(model->parameters(),
                                                 torch::optim::SGDOptions(0.01).momentum(0.9));
  return training(model, sgd, [=](std::shared_ptr<SimpleModel>& m) {
    return torch::nll_loss(m->forward(x), y);
  });
}

Step tiny() {
  nn::Sequential model(nn::Linear(4, 16), nn::Tanh(), nn::Linear(16, 16), nn::Tanh(),
                       nn::Linear(16, 1));
  fill(*model);
  const Tensor x = normal({8, 4}), y = normal({8, 1});
  auto sgd =
      std::make_shared<torch::optim::SGD>(model->parameters(), torch::optim::SGDOptions(1e-2));
  return training(model, sgd, [=](nn::Sequential& m) { return F::mse_loss(m->forward(x), y); });
}

Step adamw() {
  std::vector<Tensor> parameters;
  for (int i = 0; i < 100; ++i) {
    parameters.push_back(normal({256, 400}).requires_grad_());
    parameters.back().mutable_grad() = normal({256, 400});
  }
  auto optimizer =
      std::make_shared<torch::optim::AdamW>(parameters, torch::optim::AdamWOptions(1e-3));
  return [=] {
    optimizer->step();
    return parameters[0];
  };
}
}  // namespace

const std::vector<Workload>& workloads() {
  static const std::vector<Workload> list = {
      {"chain", "gelu(x/2 + b) * sigmoid(x), 16.8M elements, forward", chain},
      {"softmax", "softmax 8192x1024, forward and backward", softmax},
      {"layernorm", "layer_norm 8192x1024, forward and backward", layernorm},
      {"matmul", "1024x1024 times 1024x1024", matmul},
      {"mlp", "784-512-512-10, batch 128, Adam", mlp},
      {"cnn", "two convolutions, two linear layers, batch 64, SGD with momentum", cnn},
      {"gpt", "4 layers of width 256, 128 steps, batch 16, AdamW", gpt},
      {"gpt_bf16", "12 layers of width 768, 1024 steps, batch 8, all in bf16, AdamW", gpt_bf16},
      {"lstm", "2 layers of width 256, 64 steps, batch 32, Adam", lstm},
      {"resnet18", "batch 32 of 3x32x32, SGD with momentum and weight decay", resnet18},
      {"tiny", "4-16-16-1, batch 8, SGD", tiny},
      {"adamw", "update of 100 parameters of 256x400", adamw},
  };
  return list;
}
}  // namespace bench
