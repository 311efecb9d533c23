#pragma once
#include <tuple>

#include "frontend/nn/any_value.h"
#include "frontend/nn/cloneable.h"
#include "frontend/nn/modules/linear.h"
#include "frontend/nn/options/attention.h"

namespace torch {
namespace nn {

/// Attention of several heads with learned projections: functional::multi_head_attention_forward.
class MultiheadAttentionImpl : public Cloneable<MultiheadAttentionImpl> {
 public:
  MultiheadAttentionImpl(int64_t embed_dim, int64_t num_heads)
      : MultiheadAttentionImpl(MultiheadAttentionOptions(embed_dim, num_heads)) {}
  explicit MultiheadAttentionImpl(const MultiheadAttentionOptions& options);
  void reset() override;
  void _reset_parameters();
  std::tuple<Tensor, Tensor> forward(const Tensor& query, const Tensor& key, const Tensor& value,
                                     const Tensor& key_padding_mask = {}, bool need_weights = true,
                                     const Tensor& attn_mask = {}, bool average_attn_weights = true,
                                     Location where = Location::current());

  /// A call that leaves them out has both flags set.
  static constexpr bool left_out_flags = true;
  MultiheadAttentionOptions options;
  bool _qkv_same_embed_dim = true;
  Tensor in_proj_weight, in_proj_bias;
  Tensor bias_k, bias_v;
  Linear out_proj = nullptr;
  Tensor q_proj_weight, k_proj_weight, v_proj_weight;
  int64_t head_dim = 0;

 protected:
  FORWARD_HAS_DEFAULT_ARGS({3, AnyValue(Tensor())}, {4, AnyValue(true)}, {5, AnyValue(Tensor())},
                           {6, AnyValue(true)})
};
WEFT_MODULE(MultiheadAttention);
}  // namespace nn
}  // namespace torch
