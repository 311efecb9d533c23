#include "frontend/nn/modules/conv.h"

#include <cmath>
#include <ostream>

#include "frontend/nn/functional/conv.h"
#include "frontend/nn/init.h"
#include "frontend/nn/pad_by_mode.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace nn {

template <size_t D, typename Derived>
ConvNdImpl<D, Derived>::ConvNdImpl(ConvOptions<D> options_) : options(std::move(options_)) {
  ConvNdImpl::reset();
}

template <size_t D, typename Derived>
void ConvNdImpl<D, Derived>::reset() {
  TORCH_CHECK(options.in_channels() > 0 && options.groups() > 0 && options.out_channels() > 0,
              "in_channels, groups and out_channels must be a positive integer.");
  TORCH_CHECK(options.in_channels() % options.groups() == 0,
              "in_channels must be divisible by groups");
  TORCH_CHECK(options.out_channels() % options.groups() == 0,
              "out_channels must be divisible by groups");
  if (std::get_if<enumtype::kSame>(&options.padding()))
    for (int64_t stride : *options.stride())
      TORCH_CHECK(stride == 1, "padding='same' is not supported for strided convolutions");

  std::vector<int64_t> sizes = {options.out_channels(), options.in_channels() / options.groups()};
  sizes.insert(sizes.end(), options.kernel_size()->begin(), options.kernel_size()->end());
  weight = this->register_parameter("weight", torch::empty(sizes));
  if (options.bias())
    bias = this->register_parameter("bias", torch::empty({options.out_channels()}));
  else bias = this->register_parameter("bias", Tensor(), /*requires_grad=*/false);
  reset_parameters();
}

template <size_t D, typename Derived>
void ConvNdImpl<D, Derived>::reset_parameters() {
  init::kaiming_uniform_(weight, std::sqrt(5));
  if (!bias.defined()) return;
  const auto [fan_in, fan_out] = init::_calculate_fan_in_and_fan_out(weight);
  const double bound = fan_in > 0 ? 1 / std::sqrt(static_cast<double>(fan_in)) : 0;
  init::uniform_(bias, -bound, bound);
}

template <size_t D, typename Derived>
void ConvNdImpl<D, Derived>::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Conv" << D << "d(" << options.in_channels() << ", "
         << options.out_channels() << ", kernel_size=" << options.kernel_size()
         << ", stride=" << options.stride();
  if (std::get_if<enumtype::kValid>(&options.padding())) stream << ", padding='valid'";
  else if (std::get_if<enumtype::kSame>(&options.padding())) stream << ", padding='same'";
  else if (auto& padding = std::get<ExpandingArray<D>>(options.padding());
           *padding != *ExpandingArray<D>(0))
    stream << ", padding=" << padding;
  if (*options.dilation() != *ExpandingArray<D>(1)) stream << ", dilation=" << options.dilation();
  if (options.groups() != 1) stream << ", groups=" << options.groups();
  if (!options.bias()) stream << ", bias=" << std::boolalpha << false;
  if (!std::get_if<enumtype::kZeros>(&options.padding_mode()))
    stream << ", padding_mode=" << enumtype::get_enum_name(options.padding_mode());
  stream << ")";
}

namespace {
// Zeros on both sides of each spatial dim, first dim first, as (low, high) pairs.
template <size_t D>
std::vector<int64_t> padding_of(const ConvOptions<D>& options) {
  std::vector<int64_t> pairs(2 * D, 0);
  for (size_t d = 0; d < D; ++d) {
    if (auto* padding = std::get_if<ExpandingArray<D>>(&options.padding())) {
      pairs[2 * d] = pairs[2 * d + 1] = (**padding)[d];
    } else if (std::get_if<enumtype::kSame>(&options.padding())) {
      const int64_t total = (*options.dilation())[d] * ((*options.kernel_size())[d] - 1);
      pairs[2 * d] = total / 2;
      pairs[2 * d + 1] = total - total / 2;
    }
  }
  return pairs;
}

template <size_t D, typename Function>
Tensor convolve(const Module& module, const ConvOptions<D>& options, const Tensor& input,
                const Tensor& weight, const Tensor& bias, Location where, Function function) {
  Forward forward(module, where);
  auto call = functional::ConvFuncOptions<D>()
                  .bias(bias)
                  .stride(options.stride())
                  .padding(options.padding());
  call.dilation(options.dilation()).groups(options.groups());
  if (std::get_if<enumtype::kZeros>(&options.padding_mode()))
    return function(input, weight, call, where);
  call.padding(ExpandingArray<D>(0));
  return function(pad_by_mode(input, padding_of(options), options.padding_mode()), weight, call,
                  where);
}
}  // namespace

#define WEFT_CONV(D)                                                                         \
  Tensor Conv##D##dImpl::forward(const Tensor& input, Location where) {                      \
    return convolve<D>(*this, options, input, weight, bias, where, functional::conv##D##d);  \
  }                                                                                          \
  template class ConvNdImpl<D, Conv##D##dImpl>;
WEFT_CONV(1)
WEFT_CONV(2)
WEFT_CONV(3)
#undef WEFT_CONV
}  // namespace nn
}  // namespace torch
