#pragma once
#include <optional>

#include "frontend/tensor/tensor.h"

namespace torch {
/// input1 (..., I) and input2 (..., J) with weight (O, I, J): the sum over i and j of
/// input1[i] * weight[o][i][j] * input2[j], plus bias (O): (..., O).
Tensor bilinear(In input1, const Tensor& input2, const Tensor& weight,
                const std::optional<Tensor>& bias = {});
}  // namespace torch
