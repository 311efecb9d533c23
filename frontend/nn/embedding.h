/// torch:: functions that look up rows of a table.
#pragma once
#include <optional>
#include <tuple>

#include "frontend/tensor/tensor.h"

namespace torch {

/// The rows of `weight` (rows, D) at `indices`, of any shape: (..., D). Row `padding_idx` gets no
/// gradient; `scale_grad_by_freq` divides a row's by how often it is looked up.
Tensor embedding(In weight, const Tensor& indices, int64_t padding_idx = -1,
                 bool scale_grad_by_freq = false, bool sparse = false);
/// Scales the rows of `self` at `indices` whose norm is above `max_norm` down to it. In place.
Tensor& embedding_renorm_(Tensor& self, const Tensor& indices, double max_norm, double norm_type);
/// Rows summed (mode 0), averaged (1) or maximised (2) bag by bag: bag i holds the indices from
/// offsets[i] to offsets[i + 1]. Evaluates the offsets. Also the bag of each index, and how many
/// count in each bag.
std::tuple<Tensor, Tensor, Tensor, Tensor> embedding_bag(
    In weight, const Tensor& indices, const Tensor& offsets, bool scale_grad_by_freq = false,
    int64_t mode = 0, bool sparse = false, const std::optional<Tensor>& per_sample_weights = {},
    bool include_last_offset = false, std::optional<int64_t> padding_idx = std::nullopt);
}  // namespace torch
