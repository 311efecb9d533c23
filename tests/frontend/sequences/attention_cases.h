// Attention and transformers: values and all gradients.
#pragma once
#include "tests/frontend/sequences/module_cases.h"

namespace golden {
namespace F = torch::nn::functional;

inline Tensor causal(int64_t size) {
  return torch::nn::TransformerImpl::generate_square_subsequent_mask(size);
}

inline void dot_product_cases(const Show& show) {
  Tensor q = leaf({2, 3, 4}, 1), k = leaf({2, 5, 4}, 2), v = leaf({2, 5, 6}, 3);
  with_gradients(show, "attention", {q, k, v},
                 [&] { return torch::scaled_dot_product_attention(q, k, v); });
  with_gradients(show, "attention, causal, scale", {q, k, v}, [&] {
    return torch::scaled_dot_product_attention(q, k, v, {}, 0.0, true, 0.3);
  });
  const Tensor add = wave({3, 5}, 4), look = wave({3, 5}, 5) > 0;
  with_gradients(show, "attention, mask of numbers", {q, k, v},
                 [&] { return torch::scaled_dot_product_attention(q, k, v, add); });
  with_gradients(show, "attention, bool mask", {q, k, v},
                 [&] { return torch::scaled_dot_product_attention(q, k, v, look); });
  Tensor blind = look.clone();
  blind[1].fill_(false);
  show("attention that looks nowhere", torch::scaled_dot_product_attention(q, k, v, blind));
  Tensor heads = leaf({2, 4, 3, 2}, 6), few = leaf({2, 2, 3, 2}, 7), values = leaf({2, 2, 3, 5}, 8);
  with_gradients(show, "attention, shared heads", {heads, few, values}, [&] {
    return torch::scaled_dot_product_attention(heads, few, values, {}, 0.0, true, std::nullopt,
                                               true);
  });
}

inline void multihead(const Show& show, const std::string& name,
                      torch::nn::MultiheadAttentionOptions options, Tensor q, Tensor k, Tensor v,
                      Tensor padding = {}, Tensor mask = {}, bool average = true) {
  torch::nn::MultiheadAttention layer(options);
  fill(*layer);
  std::vector<Tensor> inputs{q};
  if (!k.is_same(q)) inputs.push_back(k);
  if (!v.is_same(k)) inputs.push_back(v);
  module_gradients(show, name, *layer, inputs, [&] {
    auto [y, weights] = layer->forward(q, k, v, padding, true, mask, average);
    return torch::cat({y.flatten(), weights.flatten()});
  });
}

inline void multihead_cases(const Show& show) {
  using Options = torch::nn::MultiheadAttentionOptions;
  Tensor q = leaf({3, 2, 4}, 1), k = leaf({5, 2, 4}, 2), v = leaf({5, 2, 4}, 3);
  Tensor k3 = leaf({5, 2, 3}, 4), v3 = leaf({5, 2, 3}, 5);
  const Tensor padding = wave({2, 5}, 6) > 0.7, mask = wave({3, 5}, 7);
  multihead(show, "multihead self", Options(4, 2), q, q, q);
  multihead(show, "multihead self, causal", Options(4, 2), q, q, q, {}, causal(3));
  multihead(show, "multihead of memory", Options(4, 2).bias(false), q, k, k);
  multihead(show, "multihead of three", Options(4, 1), q, k, v, padding, mask);
  multihead(show, "multihead with kdim, vdim", Options(4, 2).kdim(3).vdim(3), q, k3, v3, padding);
  multihead(show, "multihead with key bias", Options(4, 2).add_bias_kv(true), q, k, v, padding,
            mask);
  multihead(show, "multihead with zero key", Options(4, 2).add_zero_attn(true), q, k, v, padding,
            mask, false);
}

inline void transformer_cases(const Show& show) {
  using namespace torch::nn;
  Tensor x = leaf({3, 2, 4}, 1), y = leaf({2, 2, 4}, 2);
  const Tensor padding = wave({2, 3}, 6) > 0.9;
  show("causal mask", causal(4));
  TransformerEncoderLayer layer(
      TransformerEncoderLayerOptions(4, 2).dim_feedforward(5).dropout(0).activation(torch::kGELU));
  fill(*layer);
  module_gradients(show, "encoder layer", *layer, {x},
                   [&] { return layer->forward(x, causal(3), padding); });
  TransformerDecoderLayer decoder(TransformerDecoderLayerOptions(4, 2).dim_feedforward(5).dropout(0));
  fill(*decoder);
  module_gradients(show, "decoder layer", *decoder, {x, y},
                   [&] { return decoder->forward(y, x, causal(2), {}, {}, padding); });
  Transformer whole(TransformerOptions(4, 2, 2, 1).dim_feedforward(5).dropout(0));
  fill(*whole);
  module_gradients(show, "transformer", *whole, {x, y},
                   [&] { return whole->forward(x, y, {}, causal(2)); });
}
}  // namespace golden
