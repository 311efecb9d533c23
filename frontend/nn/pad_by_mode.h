#pragma once
#include <vector>

#include "frontend/nn/options/conv.h"

namespace torch {
namespace nn {
/// `input` with its trailing dims made longer by (low, high) elements each, first of them first;
/// the new elements are zeros, mirrored (kReflect), copies of the border (kReplicate) or those of
/// the other end (kCircular).
Tensor pad_by_mode(const Tensor& input, const std::vector<int64_t>& padding,
                   const detail::conv_padding_mode_t& mode);
}  // namespace nn
}  // namespace torch
