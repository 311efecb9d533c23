#include "frontend/nn/functional/conv.h"

#include "frontend/tensor/windows.h"

namespace torch {
namespace nn {
namespace functional {
#define WEFT_CONV(D)                                                                               \
  Tensor conv##D##d(const Tensor& input, const Tensor& weight, const Conv##D##dFuncOptions& o,     \
                    Location where) {                                                              \
    if (auto* padding = std::get_if<ExpandingArray<D>>(&o.padding()))                              \
      return torch::conv##D##d(In(input, where), weight, o.bias(), o.stride(), *padding,           \
                               o.dilation(), o.groups());                                          \
    const bool same = std::get_if<enumtype::kSame>(&o.padding());                                  \
    return torch::conv##D##d(In(input, where), weight, o.bias(), o.stride(),                       \
                             std::string_view(same ? "same" : "valid"), o.dilation(), o.groups()); \
  }                                                                                                \
  Tensor conv_transpose##D##d(const Tensor& input, const Tensor& weight,                           \
                              const ConvTranspose##D##dFuncOptions& o, Location where) {           \
    return torch::conv_transpose##D##d(In(input, where), weight, o.bias(), o.stride(),             \
                                       o.padding(), o.output_padding(), o.groups(), o.dilation()); \
  }
WEFT_CONV(1)
WEFT_CONV(2)
WEFT_CONV(3)
#undef WEFT_CONV
}  // namespace functional
}  // namespace nn
}  // namespace torch
