#include "frontend/nn/modules/transformer_layer.h"

#include "frontend/nn/functions.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace {
Tensor activate(const activation_t& activation, const Tensor& x) {
  if (std::get_if<enumtype::kGELU>(&activation)) return torch::gelu(x);
  if (std::get_if<enumtype::kReLU>(&activation)) return x.relu();
  const auto& function = std::get<std::function<Tensor(const Tensor&)>>(activation);
  TORCH_CHECK(function, "activation should be kGELU, kReLU, or a callable");
  return function(x);
}

template <class Options>
MultiheadAttention attention(const Options& o) {
  return MultiheadAttention(
      MultiheadAttentionOptions(o.d_model(), o.nhead()).dropout(o.dropout()));
}
LayerNorm norm(int64_t size) { return LayerNorm(LayerNormOptions({size})); }
}  // namespace

TransformerEncoderLayerImpl::TransformerEncoderLayerImpl(TransformerEncoderLayerOptions options_)
    : options(std::move(options_)) {
  reset();
}
void TransformerEncoderLayerImpl::reset() {
  const int64_t size = options.d_model(), wide = options.dim_feedforward();
  self_attn = register_module("self_attn", attention(options));
  linear1 = register_module("linear1", Linear(size, wide));
  dropout = register_module("dropout", Dropout(options.dropout()));
  linear2 = register_module("linear2", Linear(wide, size));
  norm1 = register_module("norm1", norm(size));
  norm2 = register_module("norm2", norm(size));
  dropout1 = register_module("dropout1", Dropout(options.dropout()));
  dropout2 = register_module("dropout2", Dropout(options.dropout()));
}
void TransformerEncoderLayerImpl::reset_parameters() {
  self_attn->_reset_parameters();
  for (Linear& linear : {std::ref(linear1), std::ref(linear2)}) linear->reset_parameters();
  for (LayerNorm& n : {std::ref(norm1), std::ref(norm2)}) n->reset_parameters();
}
Tensor TransformerEncoderLayerImpl::forward(const Tensor& src, const Tensor& src_mask,
                                            const Tensor& src_key_padding_mask, Location where) {
  Forward forward(*this, where);
  const Tensor attended = std::get<0>(self_attn->forward(
      src, src, src, src_key_padding_mask, /*need_weights=*/false, src_mask));
  const Tensor x = norm1->forward(src + dropout1->forward(attended));
  const Tensor y = activate(options.activation(), linear1->forward(x));
  return norm2->forward(x + dropout2->forward(linear2->forward(dropout->forward(y))));
}

TransformerDecoderLayerImpl::TransformerDecoderLayerImpl(TransformerDecoderLayerOptions options_)
    : options(std::move(options_)) {
  reset();
}
void TransformerDecoderLayerImpl::reset() {
  const int64_t size = options.d_model(), wide = options.dim_feedforward();
  self_attn = register_module("self_attn", attention(options));
  multihead_attn = register_module("multihead_attn", attention(options));
  linear1 = register_module("linear1", Linear(size, wide));
  dropout = register_module("dropout", Dropout(options.dropout()));
  linear2 = register_module("linear2", Linear(wide, size));
  norm1 = register_module("norm1", norm(size));
  norm2 = register_module("norm2", norm(size));
  norm3 = register_module("norm3", norm(size));
  dropout1 = register_module("dropout1", Dropout(options.dropout()));
  dropout2 = register_module("dropout2", Dropout(options.dropout()));
  dropout3 = register_module("dropout3", Dropout(options.dropout()));
}
void TransformerDecoderLayerImpl::reset_parameters() {
  self_attn->_reset_parameters();
  multihead_attn->_reset_parameters();
  for (Linear& linear : {std::ref(linear1), std::ref(linear2)}) linear->reset_parameters();
  for (LayerNorm& n : {std::ref(norm1), std::ref(norm2), std::ref(norm3)}) n->reset_parameters();
}
Tensor TransformerDecoderLayerImpl::activation(const Tensor& input) {
  return activate(options.activation(), input);
}
Tensor TransformerDecoderLayerImpl::forward(Tensor tgt, const Tensor& memory,
                                            const Tensor& tgt_mask, const Tensor& memory_mask,
                                            const Tensor& tgt_key_padding_mask,
                                            const Tensor& memory_key_padding_mask,
                                            Location where) {
  Forward forward(*this, where);
  const Tensor own = std::get<0>(
      self_attn->forward(tgt, tgt, tgt, tgt_key_padding_mask, /*need_weights=*/false, tgt_mask));
  tgt = norm1->forward(tgt + dropout1->forward(own));
  const Tensor other = std::get<0>(multihead_attn->forward(
      tgt, memory, memory, memory_key_padding_mask, /*need_weights=*/false, memory_mask));
  tgt = norm2->forward(tgt + dropout2->forward(other));
  const Tensor y = dropout->forward(activation(linear1->forward(tgt)));
  return norm3->forward(tgt + dropout3->forward(linear2->forward(y)));
}
}  // namespace nn
}  // namespace torch
