#include "frontend/nn/modules/attention.h"

#include "frontend/nn/functional/attention.h"
#include "frontend/nn/init.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace nn {

MultiheadAttentionImpl::MultiheadAttentionImpl(const MultiheadAttentionOptions& options_)
    : Module("torch::nn::MultiheadAttention"), options(options_) {
  reset();
}

void MultiheadAttentionImpl::reset() {
  const int64_t size = options.embed_dim();
  _qkv_same_embed_dim = options.kdim() == size && options.vdim() == size;
  TORCH_CHECK(options.num_heads() > 0, "num_heads must be greater than 0, got ",
              options.num_heads());
  head_dim = size / options.num_heads();
  TORCH_CHECK(head_dim * options.num_heads() == size,
              "embed_dim must be divisible by num_heads, got ", size, " and ", options.num_heads());
  const auto weight = [&](const char* name, std::vector<int64_t> sizes, bool there) {
    return there ? register_parameter(name, torch::empty(sizes))
                 : register_parameter(name, {}, /*requires_grad=*/false);
  };
  const bool same = _qkv_same_embed_dim;
  in_proj_weight = weight("in_proj_weight", {3 * size, size}, same);
  q_proj_weight = weight("q_proj_weight", {size, size}, !same);
  k_proj_weight = weight("k_proj_weight", {size, options.kdim()}, !same);
  v_proj_weight = weight("v_proj_weight", {size, options.vdim()}, !same);
  in_proj_bias = weight("in_proj_bias", {3 * size}, options.bias());
  out_proj = register_module("out_proj", Linear(LinearOptions(size, size).bias(options.bias())));
  bias_k = weight("bias_k", {1, 1, size}, options.add_bias_kv());
  bias_v = weight("bias_v", {1, 1, size}, options.add_bias_kv());
  _reset_parameters();
}

void MultiheadAttentionImpl::_reset_parameters() {
  for (const Tensor& w : {in_proj_weight, q_proj_weight, k_proj_weight, v_proj_weight})
    if (w.defined()) init::xavier_uniform_(w);
  if (in_proj_bias.defined()) {
    init::constant_(in_proj_bias, 0);
    init::constant_(out_proj->bias, 0);
  }
  for (const Tensor& b : {bias_k, bias_v})
    if (b.defined()) init::xavier_normal_(b);
}

std::tuple<Tensor, Tensor> MultiheadAttentionImpl::forward(
    const Tensor& query, const Tensor& key, const Tensor& value, const Tensor& key_padding_mask,
    bool need_weights, const Tensor& attn_mask, bool average_attn_weights, Location where) {
  Forward forward(*this, where);
  return functional::multi_head_attention_forward(
      query, key, value,
      functional::MultiheadAttentionForwardFuncOptions(
          options.embed_dim(), options.num_heads(), in_proj_weight, in_proj_bias, bias_k, bias_v,
          options.add_zero_attn(), options.dropout(), out_proj->weight, out_proj->bias)
          .training(is_training())
          .key_padding_mask(key_padding_mask)
          .need_weights(need_weights)
          .attn_mask(attn_mask)
          .use_separate_proj_weight(!_qkv_same_embed_dim)
          .q_proj_weight(q_proj_weight)
          .k_proj_weight(k_proj_weight)
          .v_proj_weight(v_proj_weight)
          .average_attn_weights(average_attn_weights));
}
}  // namespace nn
}  // namespace torch
