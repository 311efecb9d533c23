// Recurrent and attention networks.
#include "bench/workloads.h"

namespace bench {
namespace {
using torch::Tensor;
namespace nn = torch::nn;
namespace F = torch::nn::functional;

struct Recurrent : nn::Module {
  Recurrent()
      : lstm(register_module("lstm", nn::LSTM(nn::LSTMOptions(64, 256).num_layers(2)))),
        head(register_module("head", nn::Linear(256, 10))) {}
  Tensor forward(const Tensor& x) { return head(std::get<0>(lstm->forward(x))[-1]); }
  nn::LSTM lstm;
  nn::Linear head;
};

constexpr int64_t kWidth = 256, kHeads = 4, kSteps = 128, kBatch = 16, kWords = 65, kLayers = 4;

struct Block : nn::Module {
  Block()
      : norm1(register_module("norm1", nn::LayerNorm(nn::LayerNormOptions({kWidth})))),
        norm2(register_module("norm2", nn::LayerNorm(nn::LayerNormOptions({kWidth})))),
        qkv(register_module("qkv", nn::Linear(kWidth, 3 * kWidth))),
        out(register_module("out", nn::Linear(kWidth, kWidth))),
        up(register_module("up", nn::Linear(kWidth, 4 * kWidth))),
        down(register_module("down", nn::Linear(4 * kWidth, kWidth))) {}
  Tensor forward(Tensor x) {
    std::vector<Tensor> parts = qkv(norm1(x)).split(kWidth, 2);
    for (Tensor& t : parts)
      t = t.view({kBatch, kSteps, kHeads, kWidth / kHeads}).transpose(1, 2);
    const Tensor a = torch::scaled_dot_product_attention(parts[0], parts[1], parts[2], {}, 0.0, true);
    x = x + out(a.transpose(1, 2).reshape({kBatch, kSteps, kWidth}));
    return x + down(torch::gelu(up(norm2(x)), "tanh"));
  }
  nn::LayerNorm norm1, norm2;
  nn::Linear qkv, out, up, down;
};

struct Gpt : nn::Module {
  Gpt()
      : tokens(register_module("tokens", nn::Embedding(kWords, kWidth))),
        places(register_module("places", nn::Embedding(kSteps, kWidth))),
        norm(register_module("norm", nn::LayerNorm(nn::LayerNormOptions({kWidth})))),
        head(register_module("head", nn::Linear(nn::LinearOptions(kWidth, kWords).bias(false)))) {
    for (int64_t i = 0; i < kLayers; ++i)
      blocks.push_back(register_module("block" + std::to_string(i), std::make_shared<Block>()));
  }
  Tensor forward(const Tensor& words) {
    Tensor x = tokens(words) + places->weight;
    for (const auto& block : blocks) x = block->forward(x);
    return head(norm(x));
  }
  nn::Embedding tokens, places;
  nn::LayerNorm norm;
  nn::Linear head;
  std::vector<std::shared_ptr<Block>> blocks;
};
}  // namespace

Step lstm() {
  auto model = std::make_shared<Recurrent>();
  fill(*model);
  const Tensor x = normal({64, 32, 64}), y = integers(10, 32);
  auto adam =
      std::make_shared<torch::optim::Adam>(model->parameters(), torch::optim::AdamOptions(1e-3));
  return training(model, adam, [=](std::shared_ptr<Recurrent>& m) {
    return F::cross_entropy(m->forward(x), y);
  });
}

Step gpt() {
  auto model = std::make_shared<Gpt>();
  fill(*model);
  const Tensor x = integers(kWords, kBatch * kSteps).view({kBatch, kSteps}),
               y = integers(kWords, kBatch * kSteps);
  auto adamw =
      std::make_shared<torch::optim::AdamW>(model->parameters(), torch::optim::AdamWOptions(3e-4));
  return training(model, adamw, [=](std::shared_ptr<Gpt>& m) {
    return F::cross_entropy(m->forward(x).view({-1, kWords}), y);
  });
}
}  // namespace bench
