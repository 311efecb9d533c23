#pragma once
#include "frontend/nn/options/conv.h"

namespace torch {
namespace nn {
namespace functional {
#define WEFT_CONV(D)                                                                                 \
  /** Cross-correlation of input (N, C, spatial...) or (C, spatial...) with weight (O, C / groups, \
   * window...). */ \
  Tensor conv##D##d(const Tensor& input, const Tensor& weight,                                       \
                    const Conv##D##dFuncOptions& options = {},                                       \
                    Location where = Location::current());                                           \
  /** The gradient of conv by its input as a function: weight (C, O / groups, window...). */         \
  Tensor conv_transpose##D##d(const Tensor& input, const Tensor& weight,                             \
                              const ConvTranspose##D##dFuncOptions& options = {},                    \
                              Location where = Location::current());
WEFT_CONV(1)
WEFT_CONV(2)
WEFT_CONV(3)
#undef WEFT_CONV
}  // namespace functional
}  // namespace nn
}  // namespace torch
