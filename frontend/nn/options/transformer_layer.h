#pragma once
#include <functional>
#include <variant>

#include "frontend/tensor/arg.h"
#include "frontend/tensor/tensor.h"
#include "frontend/nn/enum.h"

namespace torch {
namespace nn {

/// What stands between the linear layers of a transformer's layer: torch::kReLU, torch::kGELU, or a
/// function.
using activation_t =
    std::variant<enumtype::kReLU, enumtype::kGELU, std::function<Tensor(const Tensor&)>>;

#define WEFT_TRANSFORMER_LAYER_OPTIONS(Name)                     \
  struct Name {                                                  \
    /*implicit*/ Name(int64_t d_model, int64_t nhead)            \
        : d_model_(d_model), nhead_(nhead) {}                    \
    TORCH_ARG(int64_t, d_model);                                 \
    TORCH_ARG(int64_t, nhead);                                   \
    TORCH_ARG(int64_t, dim_feedforward) = 2048;                  \
    TORCH_ARG(double, dropout) = 0.1;                            \
    TORCH_ARG(activation_t, activation) = torch::kReLU;          \
  }
/// `TransformerEncoderLayer(TransformerEncoderLayerOptions(512, 8).dropout(0.2))`.
WEFT_TRANSFORMER_LAYER_OPTIONS(TransformerEncoderLayerOptions);
/// `TransformerDecoderLayer(TransformerDecoderLayerOptions(512, 8).dropout(0.2))`.
WEFT_TRANSFORMER_LAYER_OPTIONS(TransformerDecoderLayerOptions);
#undef WEFT_TRANSFORMER_LAYER_OPTIONS
}  // namespace nn
}  // namespace torch
