#include "frontend/nn/functional/conv.h"

#include "frontend/tensor/windows.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace functional {
namespace {
Tensor convolution(std::integral_constant<size_t, 1>, In x, const Tensor& w, const Tensor& b,
                   IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, int64_t groups) {
  return torch::conv1d(x, w, b, stride, padding, dilation, groups);
}
Tensor convolution(std::integral_constant<size_t, 2>, In x, const Tensor& w, const Tensor& b,
                   IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, int64_t groups) {
  return torch::conv2d(x, w, b, stride, padding, dilation, groups);
}
Tensor convolution(std::integral_constant<size_t, 3>, In x, const Tensor& w, const Tensor& b,
                   IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, int64_t groups) {
  return torch::conv3d(x, w, b, stride, padding, dilation, groups);
}

// kSame: the output is as large as the input. Where the padding is odd, the extra zero goes to the
// end, by a pad.
template <size_t D>
Tensor pad_to_same(const Tensor& input, const Tensor& weight, const ConvFuncOptions<D>& options,
                   ExpandingArray<D>& padding) {
  std::vector<int64_t> at_end(2 * D, 0);  // as constant_pad_nd takes it: the last dim first
  bool odd = false;
  for (size_t d = 0; d < D; ++d) {
    TORCH_CHECK((*options.stride())[d] == 1,
                "padding='same' is not supported for strided convolutions");
    const int64_t total = (*options.dilation())[d] * (weight.size(static_cast<int64_t>(d) + 2) - 1);
    (*padding)[d] = total / 2;
    at_end[2 * (D - 1 - d) + 1] = total % 2;
    odd |= total % 2 != 0;
  }
  return odd ? torch::constant_pad_nd(input, at_end, 0) : input;
}

template <size_t D>
Tensor run(const Tensor& input, const Tensor& weight, const ConvFuncOptions<D>& options,
           Location where) {
  record::Call call(where);
  ExpandingArray<D> padding = 0;
  Tensor x = input;
  if (auto* given = std::get_if<ExpandingArray<D>>(&options.padding())) padding = *given;
  else if (std::get_if<enumtype::kSame>(&options.padding()) &&
           weight.dim() == static_cast<int64_t>(D) + 2)
    x = pad_to_same<D>(input, weight, options, padding);
  return convolution(std::integral_constant<size_t, D>(), In(x, where), weight, options.bias(),
                     options.stride(), padding, options.dilation(), options.groups());
}
}  // namespace

Tensor conv1d(const Tensor& input, const Tensor& weight, const Conv1dFuncOptions& options,
              Location where) {
  return run<1>(input, weight, options, where);
}
Tensor conv2d(const Tensor& input, const Tensor& weight, const Conv2dFuncOptions& options,
              Location where) {
  return run<2>(input, weight, options, where);
}
Tensor conv3d(const Tensor& input, const Tensor& weight, const Conv3dFuncOptions& options,
              Location where) {
  return run<3>(input, weight, options, where);
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
