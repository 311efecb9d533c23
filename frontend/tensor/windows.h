/// Convolutions, pooling and padding: the functions that are one op of the IR each (conv also adds
/// its bias).
#pragma once
#include <optional>
#include <string_view>
#include <tuple>

#include "frontend/tensor/tensor.h"

namespace torch {

/// Cross-correlation of input (N, C, spatial...) or (C, spatial...) with weight (O, C / groups,
/// window...).
#define WEFT_CONVOLUTION(D)                                                                        \
  Tensor conv##D##d(In input, const Tensor& weight, const std::optional<Tensor>& bias = {},        \
                    IntArrayRef stride = 1, IntArrayRef padding = 0, IntArrayRef dilation = 1,     \
                    int64_t groups = 1);                                                           \
  /** padding: "valid" (none) or "same" (the output is as large as the input). */                  \
  Tensor conv##D##d(In input, const Tensor& weight, const std::optional<Tensor>& bias,             \
                    IntArrayRef stride, std::string_view padding, IntArrayRef dilation = 1,        \
                    int64_t groups = 1);                                                           \
  /** Its gradient by the input, as a function: input (N, C, spatial...), weight (C, O / groups, \
   * window...). `output_padding` elements more at the end of each dim. */ \
  Tensor conv_transpose##D##d(In input, const Tensor& weight,                                      \
                              const std::optional<Tensor>& bias = {}, IntArrayRef stride = 1,      \
                              IntArrayRef padding = 0, IntArrayRef output_padding = 0,             \
                              int64_t groups = 1, IntArrayRef dilation = 1);
WEFT_CONVOLUTION(1)
WEFT_CONVOLUTION(2)
WEFT_CONVOLUTION(3)
#undef WEFT_CONVOLUTION

/// The largest element of each window; without a stride, windows do not overlap.
Tensor max_pool1d(In self, IntArrayRef kernel_size, IntArrayRef stride = {},
                  IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false);
Tensor max_pool2d(In self, IntArrayRef kernel_size, IntArrayRef stride = {},
                  IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false);
Tensor max_pool3d(In self, IntArrayRef kernel_size, IntArrayRef stride = {},
                  IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false);
/// With its index among the spatial elements of its plane (long).
std::tuple<Tensor, Tensor> max_pool1d_with_indices(In self, IntArrayRef kernel_size,
                                                   IntArrayRef stride = {}, IntArrayRef padding = 0,
                                                   IntArrayRef dilation = 1,
                                                   bool ceil_mode = false);
std::tuple<Tensor, Tensor> max_pool2d_with_indices(In self, IntArrayRef kernel_size,
                                                   IntArrayRef stride = {}, IntArrayRef padding = 0,
                                                   IntArrayRef dilation = 1,
                                                   bool ceil_mode = false);
std::tuple<Tensor, Tensor> max_pool3d_with_indices(In self, IntArrayRef kernel_size,
                                                   IntArrayRef stride = {}, IntArrayRef padding = 0,
                                                   IntArrayRef dilation = 1,
                                                   bool ceil_mode = false);
/// The mean of each window, where `count_include_pad` says whether zeros of the padding count.
Tensor avg_pool1d(In self, IntArrayRef kernel_size, IntArrayRef stride = {},
                  IntArrayRef padding = 0, bool ceil_mode = false, bool count_include_pad = true);
Tensor avg_pool2d(In self, IntArrayRef kernel_size, IntArrayRef stride = {},
                  IntArrayRef padding = 0, bool ceil_mode = false, bool count_include_pad = true,
                  std::optional<int64_t> divisor_override = std::nullopt);
Tensor avg_pool3d(In self, IntArrayRef kernel_size, IntArrayRef stride = {},
                  IntArrayRef padding = 0, bool ceil_mode = false, bool count_include_pad = true,
                  std::optional<int64_t> divisor_override = std::nullopt);

/// Makes dims longer by (low, high) elements of `value`; pairs from the last dim backwards;
/// negative ones cut.
Tensor constant_pad_nd(In self, IntArrayRef pad, const Scalar& value = 0);
}  // namespace torch
