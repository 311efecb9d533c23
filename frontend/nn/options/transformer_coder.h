#pragma once
#include "frontend/nn/any_module.h"
#include "frontend/nn/modules/transformer_layer.h"

namespace torch {
namespace nn {

// num_layers copies of a layer, and a normalisation behind them if given.
#define WEFT_TRANSFORMER_CODER_OPTIONS(Name, Layer, layer)                                   \
  struct Name {                                                                              \
    Name(Layer layer, int64_t num_layers)                                                    \
        : layer##_(std::move(layer)), num_layers_(num_layers) {}                             \
    Name(const Layer##Options& options, int64_t num_layers)                                  \
        : layer##_(Layer(options)), num_layers_(num_layers) {}                               \
    TORCH_ARG(Layer, layer) = nullptr;                                                       \
    TORCH_ARG(int64_t, num_layers);                                                          \
    TORCH_ARG(AnyModule, norm);                                                              \
  }
/// `TransformerEncoder(TransformerEncoderOptions(layer, 6).norm(AnyModule(LayerNorm(...))))`.
WEFT_TRANSFORMER_CODER_OPTIONS(TransformerEncoderOptions, TransformerEncoderLayer, encoder_layer);
/// `TransformerDecoder(TransformerDecoderOptions(layer, 6))`.
WEFT_TRANSFORMER_CODER_OPTIONS(TransformerDecoderOptions, TransformerDecoderLayer, decoder_layer);
#undef WEFT_TRANSFORMER_CODER_OPTIONS
}  // namespace nn
}  // namespace torch
