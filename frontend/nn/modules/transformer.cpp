#include "frontend/nn/modules/transformer.h"

#include <limits>

#include "frontend/nn/init.h"
#include "frontend/record/eval.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace {
void fill(ModuleList& layers, const Module& layer, int64_t count) {
  for (int64_t i = 0; i < count; ++i) layers->push_back(layer.clone());
}
void add_norm(Module& to, AnyModule& norm, const AnyModule& given) {
  if (given.is_empty()) return;
  norm = given.clone();
  to.register_module("norm", norm.ptr());
}
template <class Layer>
void reset_layers(Module& coder, const char* name, ModuleList& layers, int64_t count,
                  AnyModule& norm, const AnyModule& given) {
  TORCH_CHECK(static_cast<int64_t>(layers->size()) == count, name, " should have ", count,
              " layers, but got ", layers->size());
  for (size_t i = 0; i < layers->size(); ++i) layers->template at<Layer>(i).reset_parameters();
  if (!norm.is_empty()) coder.unregister_module("norm");
  norm = AnyModule();
  add_norm(coder, norm, given);
}
}  // namespace

TransformerEncoderImpl::TransformerEncoderImpl(TransformerEncoderOptions options_)
    : options(std::move(options_)) {
  reset();
}
void TransformerEncoderImpl::reset() {
  layers = register_module("layers", ModuleList());
  fill(layers, *options.encoder_layer(), options.num_layers());
  add_norm(*this, norm, options.norm());
}
void TransformerEncoderImpl::reset_parameters() {
  reset_layers<TransformerEncoderLayerImpl>(*this, "TransformerEncoder", layers,
                                            options.num_layers(), norm, options.norm());
}
Tensor TransformerEncoderImpl::forward(const Tensor& src, const Tensor& src_mask,
                                       const Tensor& src_key_padding_mask, Location where) {
  Forward forward(*this, where);
  Tensor x = src;
  for (size_t i = 0; i < layers->size(); ++i)
    x = layers->at<TransformerEncoderLayerImpl>(i).forward(x, src_mask, src_key_padding_mask);
  return norm.is_empty() ? x : norm.forward<Tensor>(x);
}

TransformerDecoderImpl::TransformerDecoderImpl(TransformerDecoderOptions options_)
    : options(std::move(options_)) {
  reset();
}
void TransformerDecoderImpl::reset() {
  layers = register_module("layers", ModuleList());
  fill(layers, *options.decoder_layer(), options.num_layers());
  add_norm(*this, norm, options.norm());
}
void TransformerDecoderImpl::reset_parameters() {
  reset_layers<TransformerDecoderLayerImpl>(*this, "TransformerDecoder", layers,
                                            options.num_layers(), norm, options.norm());
}
Tensor TransformerDecoderImpl::forward(const Tensor& tgt, const Tensor& memory,
                                       const Tensor& tgt_mask, const Tensor& memory_mask,
                                       const Tensor& tgt_key_padding_mask,
                                       const Tensor& memory_key_padding_mask, Location where) {
  Forward forward(*this, where);
  Tensor x = tgt;
  for (size_t i = 0; i < layers->size(); ++i)
    x = layers->at<TransformerDecoderLayerImpl>(i).forward(
        x, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
  return norm.is_empty() ? x : norm.forward<Tensor>(x);
}

TransformerImpl::TransformerImpl(TransformerOptions options_) : options(std::move(options_)) {
  reset();
}
namespace {
template <class Layer, class Coder, class CoderOptions>
AnyModule make_coder(const TransformerOptions& o, int64_t layers) {
  return AnyModule(Coder(CoderOptions(Layer(o.d_model(), o.nhead())
                                          .dim_feedforward(o.dim_feedforward())
                                          .dropout(o.dropout())
                                          .activation(o.activation()),
                                      layers)
                             .norm(AnyModule(LayerNorm(LayerNormOptions({o.d_model()}))))));
}
}  // namespace
void TransformerImpl::reset() {
  encoder = options.custom_encoder().is_empty()
                ? make_coder<TransformerEncoderLayerOptions, TransformerEncoder,
                             TransformerEncoderOptions>(options, options.num_encoder_layers())
                : options.custom_encoder().clone();
  register_module("encoder", encoder.ptr());
  decoder = options.custom_decoder().is_empty()
                ? make_coder<TransformerDecoderLayerOptions, TransformerDecoder,
                             TransformerDecoderOptions>(options, options.num_decoder_layers())
                : options.custom_decoder().clone();
  register_module("decoder", decoder.ptr());
  reset_parameters();
}
void TransformerImpl::reset_parameters() {
  for (const Tensor& parameter : parameters())
    if (parameter.dim() > 1) init::xavier_uniform_(parameter);
}
Tensor TransformerImpl::forward(const Tensor& src, const Tensor& tgt, const Tensor& src_mask,
                                const Tensor& tgt_mask, const Tensor& memory_mask,
                                const Tensor& src_key_padding_mask,
                                const Tensor& tgt_key_padding_mask,
                                const Tensor& memory_key_padding_mask, Location where) {
  Forward forward(*this, where);
  TORCH_CHECK(src.dim() == 3 && tgt.dim() == 3,
              "src and tgt should have 3 dimensions, but got ", src.dim(), " and ", tgt.dim());
  TORCH_CHECK(src.size(1) == tgt.size(1),
              "src and tgt should have equal batch size (at dim 1), but got ", src.size(1), " and ",
              tgt.size(1));
  TORCH_CHECK(src.size(2) == options.d_model() && tgt.size(2) == options.d_model(),
              "src and tgt should have same feature size as d_model (at dim 2), but got ",
              src.size(2), " and ", tgt.size(2), " while d_model is ", options.d_model());
  const Tensor memory = encoder.forward<Tensor>(src, src_mask, src_key_padding_mask);
  return decoder.forward<Tensor>(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask,
                                 memory_key_padding_mask);
}
Tensor TransformerImpl::generate_square_subsequent_mask(int64_t sz, Location where) {
  record::Call call(where);
  TORCH_CHECK(sz >= 0,
              "Input size must be non-negative to generate a valid square subsequent mask, but got ",
              sz);
  return record::where_asked(
      torch::triu(torch::full({sz, sz}, -std::numeric_limits<float>::infinity()), 1));
}
}  // namespace nn
}  // namespace torch
