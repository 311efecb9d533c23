#pragma once
#include <optional>

#include "frontend/tensor/tensor.h"

namespace torch {

/// softmax(query keyᵀ scale + mask) value, for query (..., L, E), key (..., S, E), value (..., S, Ev);
/// scale is 1 / sqrt(E) unless given. `attn_mask` broadcasts to (..., L, S): bool, true where a
/// query may look, or numbers that are added. `is_causal`: query i looks at keys 0 to i.
/// `enable_gqa`: several heads of queries (dim -3) share one of keys and values.
Tensor scaled_dot_product_attention(In query, const Tensor& key, const Tensor& value,
                                    const std::optional<Tensor>& attn_mask = {},
                                    double dropout_p = 0.0, bool is_causal = false,
                                    std::optional<double> scale = std::nullopt,
                                    bool enable_gqa = false);
}  // namespace torch
