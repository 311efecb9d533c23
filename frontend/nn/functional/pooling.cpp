#include "frontend/nn/functional/pooling.h"

#include "frontend/tensor/windows.h"

namespace torch {
namespace nn {
namespace functional {
#define WEFT_MAX_POOLING(D)                                                                       \
  Tensor max_pool##D##d(const Tensor& input, const MaxPool##D##dFuncOptions& o, Location where) { \
    return torch::max_pool##D##d(In(input, where), o.kernel_size(), o.stride(), o.padding(),      \
                                 o.dilation(), o.ceil_mode());                                    \
  }                                                                                               \
  std::tuple<Tensor, Tensor> max_pool##D##d_with_indices(                                         \
      const Tensor& input, const MaxPool##D##dFuncOptions& o, Location where) {                   \
    return torch::max_pool##D##d_with_indices(In(input, where), o.kernel_size(), o.stride(),      \
                                              o.padding(), o.dilation(), o.ceil_mode());          \
  }
WEFT_MAX_POOLING(1)
WEFT_MAX_POOLING(2)
WEFT_MAX_POOLING(3)
#undef WEFT_MAX_POOLING

Tensor avg_pool1d(const Tensor& input, const AvgPool1dFuncOptions& o, Location where) {
  return torch::avg_pool1d(In(input, where), o.kernel_size(), o.stride(), o.padding(),
                           o.ceil_mode(), o.count_include_pad());
}
Tensor avg_pool2d(const Tensor& input, const AvgPool2dFuncOptions& o, Location where) {
  return torch::avg_pool2d(In(input, where), o.kernel_size(), o.stride(), o.padding(),
                           o.ceil_mode(), o.count_include_pad(), o.divisor_override());
}
Tensor avg_pool3d(const Tensor& input, const AvgPool3dFuncOptions& o, Location where) {
  return torch::avg_pool3d(In(input, where), o.kernel_size(), o.stride(), o.padding(),
                           o.ceil_mode(), o.count_include_pad(), o.divisor_override());
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
