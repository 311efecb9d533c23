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

struct GptSizes {
  int64_t width, heads, steps, batch, words, layers;
};

struct Block : nn::Module {
  explicit Block(const GptSizes& sizes)
      : s(sizes),
        norm1(register_module("norm1", nn::LayerNorm(nn::LayerNormOptions({s.width})))),
        norm2(register_module("norm2", nn::LayerNorm(nn::LayerNormOptions({s.width})))),
        qkv(register_module("qkv", nn::Linear(s.width, 3 * s.width))),
        out(register_module("out", nn::Linear(s.width, s.width))),
        up(register_module("up", nn::Linear(s.width, 4 * s.width))),
        down(register_module("down", nn::Linear(4 * s.width, s.width))) {}
  Tensor forward(Tensor x) {
    std::vector<Tensor> parts = qkv(norm1(x)).split(s.width, 2);
    for (Tensor& t : parts)
      t = t.view({s.batch, s.steps, s.heads, s.width / s.heads}).transpose(1, 2);
    const Tensor a =
        torch::scaled_dot_product_attention(parts[0], parts[1], parts[2], {}, 0.0, true);
    x = x + out(a.transpose(1, 2).reshape({s.batch, s.steps, s.width}));
    return x + down(torch::gelu(up(norm2(x)), "tanh"));
  }
  GptSizes s;
  nn::LayerNorm norm1, norm2;
  nn::Linear qkv, out, up, down;
};

struct Gpt : nn::Module {
  explicit Gpt(const GptSizes& s)
      : tokens(register_module("tokens", nn::Embedding(s.words, s.width))),
        places(register_module("places", nn::Embedding(s.steps, s.width))),
        norm(register_module("norm", nn::LayerNorm(nn::LayerNormOptions({s.width})))),
        head(register_module("head", nn::Linear(nn::LinearOptions(s.width, s.words).bias(false)))) {
    for (int64_t i = 0; i < s.layers; ++i)
      blocks.push_back(register_module("block" + std::to_string(i), std::make_shared<Block>(s)));
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

Step gpt_step(const std::shared_ptr<Gpt>& model, const GptSizes& s) {
  const Tensor x = integers(s.words, s.batch * s.steps).view({s.batch, s.steps}),
               y = integers(s.words, s.batch * s.steps);
  auto adamw =
      std::make_shared<torch::optim::AdamW>(model->parameters(), torch::optim::AdamWOptions(3e-4));
  return training(model, adamw, [=](const std::shared_ptr<Gpt>& m) {
    return F::cross_entropy(m->forward(x).view({-1, s.words}), y);
  });
}
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
  const GptSizes sizes{256, 4, 128, 16, 65, 4};
  auto model = std::make_shared<Gpt>(sizes);
  fill(*model);
  return gpt_step(model, sizes);
}

// GPT-2's size; its numbers are drawn where it lives.
Step gpt_bf16() {
  const GptSizes sizes{768, 12, 1024, 8, 50304, 12};
  auto model = std::make_shared<Gpt>(sizes);
  model->to(device(), torch::kBFloat16);
  {
    torch::NoGradGuard no_grad;
    for (auto& p : model->parameters()) p.copy_(torch::randn_like(p) * 0.02);
  }
  return gpt_step(model, sizes);
}
}  // namespace bench
