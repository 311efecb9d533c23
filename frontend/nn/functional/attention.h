#pragma once
#include <tuple>

#include "frontend/nn/options/attention.h"

namespace torch {
namespace nn {
namespace functional {

/// Attention of several heads with projections, of query (L, N, E), key and value (S, N, ...): the
/// output (L, N, E) and, if wanted, the weights (N, L, S), or (N, heads, L, S) if not averaged.
/// key_padding_mask (N, S): true where a key is none. attn_mask (L, S) or (N * heads, L, S): true (of
/// bool or byte) where a query must not look, or numbers that are added.
std::tuple<Tensor, Tensor> multi_head_attention_forward(
    const Tensor& query, const Tensor& key, const Tensor& value,
    const MultiheadAttentionForwardFuncOptions& options, Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
