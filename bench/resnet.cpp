// A residual network on small images.
#include "bench/workloads.h"

namespace bench {
namespace {
using torch::Tensor;
namespace nn = torch::nn;
namespace F = torch::nn::functional;

constexpr int64_t kBatch = 32, kClasses = 10;

nn::Conv2d convolution(int64_t in, int64_t out, int64_t kernel, int64_t stride) {
  return nn::Conv2d(
      nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

struct Basic : nn::Module {
  Basic(int64_t in, int64_t out, int64_t stride)
      : conv1(register_module("conv1", convolution(in, out, 3, stride))),
        conv2(register_module("conv2", convolution(out, out, 3, 1))),
        norm1(register_module("norm1", nn::BatchNorm2d(out))),
        norm2(register_module("norm2", nn::BatchNorm2d(out))) {
    if (in == out && stride == 1) return;
    skip = register_module(
        "skip", nn::Sequential(convolution(in, out, 1, stride), nn::BatchNorm2d(out)));
  }
  Tensor forward(const Tensor& x) {
    const Tensor y = norm2(conv2(torch::relu(norm1(conv1(x)))));
    return torch::relu(y + (skip.is_empty() ? x : skip->forward(x)));
  }
  nn::Conv2d conv1, conv2;
  nn::BatchNorm2d norm1, norm2;
  nn::Sequential skip{nullptr};
};

struct Resnet : nn::Module {
  Resnet()
      : conv(register_module("conv", convolution(3, 64, 3, 1))),
        norm(register_module("norm", nn::BatchNorm2d(64))),
        head(register_module("head", nn::Linear(512, kClasses))) {
    int64_t width = 64;
    for (const int64_t out : {64, 128, 256, 512}) {
      for (const int64_t stride : {out == 64 ? 1 : 2, 1}) {
        blocks.push_back(register_module("block" + std::to_string(blocks.size()),
                                         std::make_shared<Basic>(width, out, stride)));
        width = out;
      }
    }
  }
  Tensor forward(Tensor x) {
    x = torch::relu(norm(conv(x)));
    for (const auto& block : blocks) x = block->forward(x);
    return head(torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1));
  }
  nn::Conv2d conv;
  nn::BatchNorm2d norm;
  nn::Linear head;
  std::vector<std::shared_ptr<Basic>> blocks;
};
}  // namespace

Step resnet18() {
  auto model = std::make_shared<Resnet>();
  fill(*model);
  const Tensor x = normal({kBatch, 3, 32, 32}), y = integers(kClasses, kBatch);
  auto sgd = std::make_shared<torch::optim::SGD>(
      model->parameters(), torch::optim::SGDOptions(0.1).momentum(0.9).weight_decay(5e-4));
  return training(model, sgd, [=](std::shared_ptr<Resnet>& m) {
    return F::cross_entropy(m->forward(x), y);
  });
}
}  // namespace bench
