#include "frontend/nn/modules/pooling.h"

#include <ostream>

#include "frontend/nn/functional/pooling.h"

namespace torch {
namespace nn {
#define WEFT_POOL(D)                                                                               \
  void MaxPool##D##dImpl::pretty_print(std::ostream& stream) const {                               \
    stream << std::boolalpha << "torch::nn::MaxPool" #D "d(kernel_size=" << options.kernel_size()  \
           << ", stride=" << options.stride() << ", padding=" << options.padding()                 \
           << ", dilation=" << options.dilation() << ", ceil_mode=" << options.ceil_mode() << ")"; \
  }                                                                                                \
  Tensor MaxPool##D##dImpl::forward(const Tensor& input, Location where) {                         \
    Forward forward(*this, where);                                                                 \
    return functional::max_pool##D##d(input, options);                                             \
  }                                                                                                \
  std::tuple<Tensor, Tensor> MaxPool##D##dImpl::forward_with_indices(const Tensor& input,          \
                                                                     Location where) {             \
    Forward forward(*this, where);                                                                 \
    return functional::max_pool##D##d_with_indices(input, options);                                \
  }                                                                                                \
  void AvgPool##D##dImpl::pretty_print(std::ostream& stream) const {                               \
    stream << "torch::nn::AvgPool" #D "d(kernel_size=" << options.kernel_size()                    \
           << ", stride=" << options.stride() << ", padding=" << options.padding() << ")";         \
  }                                                                                                \
  Tensor AvgPool##D##dImpl::forward(const Tensor& input, Location where) {                         \
    Forward forward(*this, where);                                                                 \
    return functional::avg_pool##D##d(input, options);                                             \
  }
WEFT_POOL(1)
WEFT_POOL(2)
WEFT_POOL(3)
#undef WEFT_POOL
}  // namespace nn
}  // namespace torch
