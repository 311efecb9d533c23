#include "frontend/nn/modules/pooling.h"

#include <ostream>

#include "frontend/nn/functional/pooling.h"

namespace torch {
namespace nn {
#define WEFT_FORWARD(Name, function)                                \
  Tensor Name##Impl::forward(const Tensor& input, Location where) { \
    Forward forward(*this, where);                                  \
    return functional::function(input, options);                    \
  }
#define WEFT_INDEXED_FORWARD(Name, function)                                       \
  WEFT_FORWARD(Name, function)                                                     \
  std::tuple<Tensor, Tensor> Name##Impl::forward_with_indices(const Tensor& input, \
                                                              Location where) {    \
    Forward forward(*this, where);                                                 \
    return functional::function##_with_indices(input, options);                    \
  }

#define WEFT_POOL(D)                                                                               \
  void MaxPool##D##dImpl::pretty_print(std::ostream& stream) const {                               \
    stream << std::boolalpha << "torch::nn::MaxPool" #D "d(kernel_size=" << options.kernel_size()  \
           << ", stride=" << options.stride() << ", padding=" << options.padding()                 \
           << ", dilation=" << options.dilation() << ", ceil_mode=" << options.ceil_mode() << ")"; \
  }                                                                                                \
  WEFT_INDEXED_FORWARD(MaxPool##D##d, max_pool##D##d)                                              \
  void AvgPool##D##dImpl::pretty_print(std::ostream& stream) const {                               \
    stream << "torch::nn::AvgPool" #D "d(kernel_size=" << options.kernel_size()                    \
           << ", stride=" << options.stride() << ", padding=" << options.padding() << ")";         \
  }                                                                                                \
  WEFT_FORWARD(AvgPool##D##d, avg_pool##D##d)                                                      \
  void AdaptiveMaxPool##D##dImpl::pretty_print(std::ostream& stream) const {                       \
    stream << "torch::nn::AdaptiveMaxPool" #D "d(output_size=" << options.output_size() << ")";    \
  }                                                                                                \
  WEFT_INDEXED_FORWARD(AdaptiveMaxPool##D##d, adaptive_max_pool##D##d)                             \
  void AdaptiveAvgPool##D##dImpl::pretty_print(std::ostream& stream) const {                       \
    stream << "torch::nn::AdaptiveAvgPool" #D "d(output_size=" << options.output_size() << ")";    \
  }                                                                                                \
  WEFT_FORWARD(AdaptiveAvgPool##D##d, adaptive_avg_pool##D##d)                                     \
  void LPPool##D##dImpl::pretty_print(std::ostream& stream) const {                                \
    stream << std::boolalpha << "torch::nn::LPPool" #D "d(norm_type=" << options.norm_type()       \
           << ", kernel_size=" << options.kernel_size() << ", stride=" << options.stride()         \
           << ", ceil_mode=" << options.ceil_mode() << ")";                                        \
  }                                                                                                \
  WEFT_FORWARD(LPPool##D##d, lp_pool##D##d)                                                        \
  void MaxUnpool##D##dImpl::pretty_print(std::ostream& stream) const {                             \
    stream << "torch::nn::MaxUnpool" #D "d(kernel_size=" << options.kernel_size()                  \
           << ", stride=" << options.stride() << ", padding=" << options.padding() << ")";         \
  }                                                                                                \
  Tensor MaxUnpool##D##dImpl::forward(const Tensor& input, const Tensor& indices,                  \
                                      const std::optional<std::vector<int64_t>>& output_size,      \
                                      Location where) {                                            \
    Forward forward(*this, where);                                                                 \
    return functional::max_unpool##D##d(                                                           \
        input, indices,                                                                            \
        functional::MaxUnpool##D##dFuncOptions(options.kernel_size())                              \
            .stride(options.stride())                                                              \
            .padding(options.padding())                                                            \
            .output_size(output_size));                                                            \
  }
WEFT_POOL(1)
WEFT_POOL(2)
WEFT_POOL(3)
#undef WEFT_POOL

#define WEFT_POOL(D)                                                                    \
  FractionalMaxPool##D##dImpl::FractionalMaxPool##D##dImpl(                             \
      FractionalMaxPool##D##dOptions options_)                                          \
      : options(std::move(options_)) {                                                  \
    FractionalMaxPool##D##dImpl::reset();                                               \
  }                                                                                     \
  void FractionalMaxPool##D##dImpl::reset() {                                           \
    _random_samples = register_buffer("_random_samples", options._random_samples());    \
    TORCH_CHECK(options.output_size() || options.output_ratio(),                        \
                "FractionalMaxPool" #D                                                  \
                "d requires specifying either an output size, or a pooling "            \
                "ratio");                                                               \
    TORCH_CHECK(!options.output_size() || !options.output_ratio(),                      \
                "only one of output_size and output_ratio may be specified");           \
    if (!options.output_ratio()) return;                                                \
    for (double ratio : **options.output_ratio())                                       \
      TORCH_CHECK(0 < ratio && ratio < 1, "output_ratio must be between 0 and 1 (got ", \
                  *options.output_ratio(), ")");                                        \
  }                                                                                     \
  void FractionalMaxPool##D##dImpl::pretty_print(std::ostream& stream) const {          \
    stream << "torch::nn::FractionalMaxPool" #D "d()";                                  \
  }                                                                                     \
  WEFT_INDEXED_FORWARD(FractionalMaxPool##D##d, fractional_max_pool##D##d)
WEFT_POOL(2)
WEFT_POOL(3)
#undef WEFT_POOL
#undef WEFT_INDEXED_FORWARD
#undef WEFT_FORWARD
}  // namespace nn
}  // namespace torch
