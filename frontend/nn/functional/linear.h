#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace functional {
/// input (..., in) times the transposed weight (out, in), plus bias (out).
Tensor linear(const Tensor& input, const Tensor& weight, const Tensor& bias = {},
              Location where = Location::current());
/// input1 W input2 for each output, plus bias: weight (out, in1, in2).
Tensor bilinear(const Tensor& input1, const Tensor& input2, const Tensor& weight,
                const Tensor& bias = {}, Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
