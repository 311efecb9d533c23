/// nn::init: fill a tensor in place by a scheme; each returns the tensor. Nothing is recorded for
/// gradients.
#pragma once
#include <cstdint>
#include <tuple>
#include <variant>

#include "frontend/nn/enum.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace init {

using NonlinearityType =
    std::variant<enumtype::kLinear, enumtype::kConv1D, enumtype::kConv2D, enumtype::kConv3D,
                 enumtype::kConvTranspose1D, enumtype::kConvTranspose2D, enumtype::kConvTranspose3D,
                 enumtype::kSigmoid, enumtype::kTanh, enumtype::kReLU, enumtype::kLeakyReLU>;
using FanModeType = std::variant<enumtype::kFanIn, enumtype::kFanOut>;

/// The factor that keeps the variance through a nonlinearity; `param` is the slope of a leaky ReLU.
double calculate_gain(NonlinearityType nonlinearity, double param = 0.01);

Tensor constant_(In tensor, Scalar value);
Tensor ones_(In tensor);
Tensor zeros_(In tensor);
/// Ones on the diagonal of a matrix, zeros elsewhere.
Tensor eye_(In matrix);
/// A convolution's weight that passes channels through unchanged.
Tensor dirac_(In tensor);
Tensor normal_(In tensor, double mean = 0, double std = 1);
Tensor uniform_(In tensor, double low = 0, double high = 1);
/// Normal, cut off outside of [a, b]. libtorch has it in Python only.
Tensor trunc_normal_(In tensor, double mean = 0, double std = 1, double a = -2, double b = 2);
/// A matrix (all dims but the first as one) whose rows, or columns if those are fewer, are
/// orthogonal and of length `gain`; Saxe et al. 2014.
Tensor orthogonal_(In tensor, double gain = 1.0);
/// Normal, with that part of each column set to zero.
Tensor sparse_(In tensor, double sparsity, double std = 0.01);
/// He et al. 2015: standard deviation gain / sqrt(fan); `a` is the slope of the leaky ReLU that
/// follows.
Tensor kaiming_normal_(In tensor, double a = 0, FanModeType mode = torch::kFanIn,
                       NonlinearityType nonlinearity = torch::kLeakyReLU);
Tensor kaiming_uniform_(In tensor, double a = 0, FanModeType mode = torch::kFanIn,
                        NonlinearityType nonlinearity = torch::kLeakyReLU);
/// Glorot and Bengio 2010: standard deviation gain * sqrt(2 / (fan_in + fan_out)).
Tensor xavier_normal_(In tensor, double gain = 1.0);
Tensor xavier_uniform_(In tensor, double gain = 1.0);

/// Inputs and outputs that one element of a weight (out, in, window...) serves.
std::tuple<int64_t, int64_t> _calculate_fan_in_and_fan_out(In tensor);
}  // namespace init
}  // namespace nn
}  // namespace torch
