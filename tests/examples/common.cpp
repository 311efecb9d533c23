// A program in libtorch's API alone, printing numbers: Weft and libtorch must agree on them
// (common_test.sh).
#include <torch/torch.h>

#include <cmath>
#include <iostream>

namespace {
namespace nn = torch::nn;
using torch::Tensor;

Tensor wave(std::vector<int64_t> sizes, double seed) {
  int64_t count = 1;
  for (int64_t size : sizes) count *= size;
  std::vector<double> values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(std::sin(seed + 1.37 * static_cast<double>(i)));
  return torch::tensor(values, torch::kDouble).reshape(sizes).to(torch::kFloat);
}

struct Net : nn::Module {
  Net()
      : features(register_module("features",
                                 nn::Sequential(nn::Conv2d(nn::Conv2dOptions(1, 4, 3).padding(1)),
                                                nn::BatchNorm2d(4), nn::ReLU(), nn::MaxPool2d(2)))),
        head(register_module("head", nn::Linear(64, 3))) {}
  Tensor forward(Tensor x) { return head(features->forward(x).flatten(1)); }
  nn::Sequential features;
  nn::Linear head;
};
}  // namespace

int main() {
  auto net = std::make_shared<Net>();
  std::cout << *net << "\n";
  {
    torch::NoGradGuard no_grad;
    double seed = 0;
    for (auto& p : net->parameters()) p.copy_(wave(p.sizes().vec(), ++seed) * 0.3);
  }
  const Tensor x = wave({6, 1, 8, 8}, 20),
               y = torch::tensor(std::vector<int64_t>{0, 1, 2, 2, 1, 0});
  torch::optim::Adam adam(net->parameters(), torch::optim::AdamOptions(0.01).weight_decay(0.01));
  for (int step = 0; step < 10; ++step) {
    adam.zero_grad();
    Tensor loss = nn::functional::cross_entropy(net->forward(x), y);
    loss.backward();
    adam.step();
    std::cout << "step " << step << " loss " << loss.item<double>() << "\n";
  }
  net->eval();
  torch::NoGradGuard no_grad;
  std::cout << torch::softmax(net->forward(x), 1) << "\n"
            << net->features->ptr(1)->buffers()[0] << "\n";
  std::cout << x.slice(0, 0, 2).mean({2, 3}) << "\n" << x.select(3, 1).argmax(2) << "\n";
  std::cout << torch::cat({x.sum({1, 2}), -x.amax({1, 2})}, 1)
                   .transpose(0, 1)
                   .matmul(x.reshape({6, 64}).slice(1, 0, 5))
            << "\n";
  return 0;
}
