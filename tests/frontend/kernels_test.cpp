// What becomes of layers and training steps: how many launches, and of which kind. A number that
// goes down is a better compiler: lower it here. All in the tier that compiles.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/runtime/expect_kernels.h"

namespace {
namespace F = torch::nn::functional;
namespace nn = torch::nn;
using torch::Tensor;

Tensor ready(const Tensor& t) {
  weft::eval(t);
  return t;
}
Tensor numbers(at::IntArrayRef sizes) { return ready(torch::randn(sizes)); }
Tensor leaf(at::IntArrayRef sizes) { return numbers(sizes).requires_grad_(); }
Tensor classes(int64_t n) { return ready(torch::arange(n) % 7); }

TEST(Kernels, Softmax) {
  const Tensor x = numbers({64, 200});
  EXPECT_KERNELS("1 reduction", weft::eval(torch::softmax(x, 1)));
  EXPECT_KERNELS("1 reduction", weft::eval(torch::log_softmax(x, 1)));
}

TEST(Kernels, SoftmaxForwardAndBackward) {
  const Tensor x = leaf({64, 200}), weight = numbers({64, 200});
  EXPECT_KERNELS("1 reduction", {
    const Tensor y = torch::softmax(x, 1);
    (y * weight).sum().backward();
    weft::eval(y, x.grad());
  });
}

TEST(Kernels, LayerNorm) {
  const Tensor x = leaf({64, 200}), weight = leaf({200}), bias = leaf({200}),
               dy = numbers({64, 200});
  EXPECT_KERNELS("1 reduction", weft::eval(torch::layer_norm(x, {200}, weight, bias)));
  EXPECT_KERNELS("2 reduction", {
    const Tensor y = torch::layer_norm(x, {200}, weight, bias);
    (y * dy).sum().backward();
    weft::eval(y, x.grad(), weight.grad(), bias.grad());
  });
}

TEST(Kernels, Gelu) {
  const Tensor x = leaf({64, 200}), bias = leaf({200});
  EXPECT_KERNELS("1 map", weft::eval(torch::gelu(x + bias) * 2));
  EXPECT_KERNELS("1 map", {
    const Tensor y = torch::gelu(x);
    y.sum().backward();
    weft::eval(y, x.grad());
  });
}

// Statistics over dims that are no neighbours, running ones and the number of batches, and what
// waits for them.
template <class Norm> void expectOneKernelEachWay(Norm norm, at::IntArrayRef sizes) {
  for (const Tensor& t : norm->parameters()) weft::eval(t);
  for (const Tensor& t : norm->buffers()) weft::eval(t);
  const Tensor x = leaf(sizes), dy = numbers(sizes);
  Tensor y;
  EXPECT_KERNELS("1 reduction", weft::eval(y = norm(x)));
  EXPECT_KERNELS("1 reduction", {
    y.backward(dy);
    weft::eval(x.grad(), norm->weight.grad(), norm->bias.grad());
  });
}
TEST(Kernels, BatchNorm) {
  expectOneKernelEachWay(nn::BatchNorm2d(8), {16, 8, 6, 6});
  expectOneKernelEachWay(nn::BatchNorm1d(8), {16, 8});
}

// The check of the classes and the mean over the rows are done by the kernel of the rows.
TEST(Kernels, CrossEntropy) {
  const Tensor x = leaf({64, 200}), y = classes(64);
  EXPECT_KERNELS("1 reduction", weft::eval(F::cross_entropy(x, y)));
  EXPECT_KERNELS("2 reduction", {
    const Tensor loss = F::cross_entropy(x, y);
    loss.backward();
    weft::eval(loss, x.grad());
  });
  const Tensor loss = F::cross_entropy(x, y);
  weft::eval(loss);
  EXPECT_KERNELS("1 map, 1 reduction", {  // the map looks at the classes once more
    loss.backward();
    weft::eval(x.grad());
  });
}

// Forward by itself, then backward.
TEST(Kernels, EachWayByItself) {
  const Tensor x = leaf({64, 200}), other = leaf({64, 200}), weight = leaf({200}),
               bias = leaf({200}), dy = numbers({64, 200});
  Tensor y;
  EXPECT_KERNELS("1 reduction", weft::eval(y = torch::softmax(x, 1)));
  EXPECT_KERNELS("1 reduction", {
    y.backward(dy);
    weft::eval(x.grad());
  });
  EXPECT_KERNELS("1 reduction", weft::eval(y = torch::layer_norm(other, {200}, weight, bias)));
  EXPECT_KERNELS("2 reduction", {
    y.backward(dy);
    weft::eval(other.grad(), weight.grad(), bias.grad());
  });
}
TEST(Kernels, BiasAndResidual) {
  const Tensor x = leaf({64, 200}), bias = leaf({200}), dy = numbers({64, 200});
  Tensor y;
  EXPECT_KERNELS("1 map", weft::eval(y = torch::gelu(x + bias)));
  EXPECT_KERNELS("1 reduction", {
    y.backward(dy);
    weft::eval(x.grad(), bias.grad());
  });
  const Tensor u = leaf({64, 200}), v = leaf({64, 200});
  EXPECT_KERNELS("1 map", weft::eval(y = torch::dropout(u, 0.3, true) + v));
  EXPECT_KERNELS("2 map", {
    y.backward(dy);
    weft::eval(u.grad(), v.grad());
  });
}

template <class Optimizer, class Options>
std::unique_ptr<Optimizer> optimizer_of(nn::Sequential& net, Options options) {
  for (const Tensor& p : net->parameters()) weft::eval(p);
  return std::make_unique<Optimizer>(net->parameters(), options);
}
template <class Optimizer>
void step(nn::Sequential& net, Optimizer& optimizer, const Tensor& x, const Tensor& y) {
  optimizer.zero_grad();
  F::cross_entropy(net->forward(x), y).backward();
  optimizer.step();
}

TEST(Kernels, StepOfAPerceptron) {
  nn::Sequential net(nn::Linear(20, 32), nn::ReLU(), nn::Linear(32, 10));
  auto sgd = optimizer_of<torch::optim::SGD>(net, torch::optim::SGDOptions(0.1).momentum(0.9));
  const Tensor x = numbers({64, 20}), y = classes(64);
  step(net, *sgd, x, y);
  EXPECT_KERNELS("5 contraction, 1 map, 4 reduction", step(net, *sgd, x, y));  // a check
}

TEST(Kernels, StepOfAConvolutionalNet) {
  nn::Sequential net(nn::Conv2d(1, 4, 5), nn::ReLU(), nn::MaxPool2d(2), nn::Conv2d(4, 8, 3),
                     nn::ReLU(), nn::MaxPool2d(2), nn::Flatten(), nn::Linear(32, 10));
  auto sgd = optimizer_of<torch::optim::SGD>(net, torch::optim::SGDOptions(0.1).momentum(0.9));
  const Tensor x = numbers({16, 1, 16, 16}), y = classes(16);
  step(net, *sgd, x, y);
  EXPECT_KERNELS("10 contraction, 5 map, 6 reduction", step(net, *sgd, x, y));
}

// Every parameter and both of its states in one launch each.
TEST(Kernels, AdamUpdate) {
  std::vector<Tensor> parameters;
  for (int i = 0; i < 4; ++i) parameters.push_back(leaf({20, 30 + i}));
  torch::optim::Adam adam(parameters, torch::optim::AdamOptions(0.1));
  for (Tensor& p : parameters) p.mutable_grad() = numbers(p.sizes());
  adam.step();
  EXPECT_KERNELS("4 map", adam.step());
}

// Kernels that do not depend on each other are one launch, whatever they are.
TEST(Kernels, AHundredUpdatesAreOneLaunch) {
  std::vector<Tensor> parameters;
  for (int i = 0; i < 100; ++i) parameters.push_back(leaf({256, 40}));
  torch::optim::AdamW adam(parameters, torch::optim::AdamWOptions(0.1));
  for (Tensor& p : parameters) p.mutable_grad() = numbers(p.sizes());
  adam.step();
  EXPECT_KERNELS(100, adam.step());
  EXPECT_LAUNCHES(1, adam.step());
}

TEST(Kernels, TowersStandBesideEachOther) {
  const Tensor x = numbers({64, 96});
  std::vector<Tensor> weights;
  for (int i = 0; i < 12; ++i) weights.push_back(numbers({96, 96}));
  const auto towers = [&] {
    std::vector<Tensor> y;
    for (size_t i = 0; i < weights.size(); i += 3)
      y.push_back(torch::softmax(torch::relu(x.matmul(weights[i])).matmul(weights[i + 1]), 1)
                      .matmul(weights[i + 2]));
    weft::eval(y);
  };
  EXPECT_KERNELS("12 contraction, 4 reduction", towers());
  EXPECT_LAUNCHES(4, towers());
}

// What is too small for several threads, all together, does not bother them.
TEST(Kernels, LittleWorkStaysApart) {
  const Tensor x = numbers({8, 8}), y = numbers({8, 9});
  EXPECT_LAUNCHES(2, weft::eval(torch::relu(x), torch::exp(y)));
}
}  // namespace
