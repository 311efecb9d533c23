#include "examples/char_gpt/model.h"

namespace nn = torch::nn;

Block::Block(const Sizes& s)
    : heads(s.heads),
      norm1(register_module("norm1", nn::LayerNorm(nn::LayerNormOptions({s.width})))),
      norm2(register_module("norm2", nn::LayerNorm(nn::LayerNormOptions({s.width})))),
      qkv(register_module("qkv", nn::Linear(s.width, 3 * s.width))),
      out(register_module("out", nn::Linear(s.width, s.width))),
      up(register_module("up", nn::Linear(s.width, 4 * s.width))),
      down(register_module("down", nn::Linear(4 * s.width, s.width))) {}

torch::Tensor Block::forward(torch::Tensor x) {
  const int64_t n = x.size(0), t = x.size(1), width = x.size(2);
  std::vector<torch::Tensor> parts = qkv(norm1(x)).split(width, 2);
  for (torch::Tensor& part : parts) part = part.view({n, t, heads, width / heads}).transpose(1, 2);
  const torch::Tensor seen = torch::scaled_dot_product_attention(
      parts[0], parts[1], parts[2], {}, /*dropout_p=*/0.0, /*is_causal=*/true);
  x = x + out(seen.transpose(1, 2).reshape({n, t, width}));
  return x + down(torch::gelu(up(norm2(x)), "tanh"));
}

Gpt::Gpt(const Sizes& s)
    : characters(register_module("characters", nn::Embedding(s.characters, s.width))),
      places(register_module("places", nn::Embedding(s.context, s.width))),
      norm(register_module("norm", nn::LayerNorm(nn::LayerNormOptions({s.width})))),
      head(register_module("head", nn::Linear(nn::LinearOptions(s.width, s.characters).bias(false)))) {
  for (int64_t i = 0; i < s.layers; ++i) blocks->push_back(Block(s));
  register_module("blocks", blocks);
  torch::NoGradGuard no_grad;
  characters->weight.mul_(0.02);
  places->weight.mul_(0.02);
}

torch::Tensor Gpt::forward(torch::Tensor text) {
  const torch::Tensor x = characters(text) + places->weight.slice(0, 0, text.size(1));
  return head(norm(blocks->forward(x)));
}
