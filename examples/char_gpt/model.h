// A small GPT over characters: blocks of attention that looks back and of two linear layers.
#pragma once
#include <torch/torch.h>

struct Sizes {
  int64_t characters = 0, context = 64, layers = 4, width = 256, heads = 4;
};

/// x (N, T, width) to the same.
struct Block : torch::nn::Module {
  explicit Block(const Sizes& s);
  torch::Tensor forward(torch::Tensor x);
  int64_t heads;
  torch::nn::LayerNorm norm1, norm2;
  torch::nn::Linear qkv, out, up, down;
};

/// Characters (N, T), T at most the context, to scores of the next one at each place (N, T,
/// characters).
struct Gpt : torch::nn::Module {
  explicit Gpt(const Sizes& s);
  torch::Tensor forward(torch::Tensor text);
  torch::nn::Embedding characters, places;
  torch::nn::Sequential blocks;
  torch::nn::LayerNorm norm;
  torch::nn::Linear head;
};
