#include "frontend/nn/modules/conv.h"

#include <cmath>
#include <ostream>

#include "frontend/nn/functional/conv.h"
#include "frontend/nn/functional/padding.h"
#include "frontend/nn/init.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace nn {

template <size_t D, typename Derived>
ConvNdImpl<D, Derived>::ConvNdImpl(detail::ConvNdOptions<D> options_)
    : options(std::move(options_)) {
  ConvNdImpl::reset();
}

template <size_t D, typename Derived> void ConvNdImpl<D, Derived>::reset() {
  TORCH_CHECK(options.in_channels() > 0 && options.groups() > 0 && options.out_channels() > 0,
              "in_channels, groups and out_channels must be a positive integer. (got ",
              options.in_channels(), ", ", options.groups(), " and ", options.out_channels(), ")");
  TORCH_CHECK(options.in_channels() % options.groups() == 0,
              "in_channels must be divisible by groups, got ", options.in_channels(), " and ",
              options.groups());
  TORCH_CHECK(options.out_channels() % options.groups() == 0,
              "out_channels must be divisible by groups, got ", options.out_channels(), " and ",
              options.groups());
  if (std::get_if<enumtype::kSame>(&options.padding()))
    for (int64_t stride : *options.stride())
      TORCH_CHECK(stride == 1, "padding='same' is not supported for strided convolutions");

  std::vector<int64_t> sizes = {options.out_channels(), options.in_channels() / options.groups()};
  if (options.transposed())
    sizes = {options.in_channels(), options.out_channels() / options.groups()};
  sizes.insert(sizes.end(), options.kernel_size()->begin(), options.kernel_size()->end());
  weight = this->register_parameter("weight", torch::empty(sizes));
  if (options.bias())
    bias = this->register_parameter("bias", torch::empty({options.out_channels()}));
  else bias = this->register_parameter("bias", Tensor(), /*requires_grad=*/false);
  reset_parameters();
}

template <size_t D, typename Derived> void ConvNdImpl<D, Derived>::reset_parameters() {
  init::kaiming_uniform_(weight, std::sqrt(5));
  if (!bias.defined()) return;
  const auto [fan_in, fan_out] = init::_calculate_fan_in_and_fan_out(weight);
  const double bound = fan_in > 0 ? 1 / std::sqrt(static_cast<double>(fan_in)) : 0;
  init::uniform_(bias, -bound, bound);
}

template <size_t D, typename Derived>
void ConvNdImpl<D, Derived>::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Conv" << (options.transposed() ? "Transpose" : "") << D << "d("
         << options.in_channels() << ", " << options.out_channels()
         << ", kernel_size=" << options.kernel_size() << ", stride=" << options.stride();
  if (std::get_if<enumtype::kValid>(&options.padding())) stream << ", padding='valid'";
  else if (std::get_if<enumtype::kSame>(&options.padding())) stream << ", padding='same'";
  else if (auto& padding = std::get<ExpandingArray<D>>(options.padding());
           *padding != *ExpandingArray<D>(0))
    stream << ", padding=" << padding;
  if (*options.dilation() != *ExpandingArray<D>(1)) stream << ", dilation=" << options.dilation();
  if (*options.output_padding() != *ExpandingArray<D>(0))
    stream << ", output_padding=" << options.output_padding();
  if (options.groups() != 1) stream << ", groups=" << options.groups();
  if (!options.bias()) stream << ", bias=" << std::boolalpha << false;
  if (!std::get_if<enumtype::kZeros>(&options.padding_mode()))
    stream << ", padding_mode=" << enumtype::get_enum_name(options.padding_mode());
  stream << ")";
}

namespace {
template <size_t D, typename Options> detail::ConvNdOptions<D> common(const Options& o) {
  auto common = detail::ConvNdOptions<D>(o.in_channels(), o.out_channels(), o.kernel_size())
                    .stride(o.stride())
                    .padding(o.padding());
  common.dilation(o.dilation()).groups(o.groups()).bias(o.bias()).padding_mode(o.padding_mode());
  return common;
}
template <size_t D> detail::ConvNdOptions<D> transposed(const ConvTransposeOptions<D>& o) {
  return common<D>(o).transposed(true).output_padding(o.output_padding());
}

// What stands on both sides of the spatial dims, the last dim first, as (low, high) pairs.
template <size_t D> std::vector<int64_t> padding_of(const detail::ConvNdOptions<D>& options) {
  std::vector<int64_t> pairs(2 * D, 0);
  for (size_t d = 0; d < D; ++d) {
    const size_t at = 2 * (D - 1 - d);
    if (auto* padding = std::get_if<ExpandingArray<D>>(&options.padding())) {
      pairs[at] = pairs[at + 1] = (**padding)[d];
    } else if (std::get_if<enumtype::kSame>(&options.padding())) {
      const int64_t total = (*options.dilation())[d] * ((*options.kernel_size())[d] - 1);
      pairs[at] = total / 2;
      pairs[at + 1] = total - total / 2;
    }
  }
  return pairs;
}
functional::PadFuncOptions::mode_t pad_mode(const detail::conv_padding_mode_t& mode) {
  if (std::get_if<enumtype::kReflect>(&mode)) return torch::kReflect;
  if (std::get_if<enumtype::kReplicate>(&mode)) return torch::kReplicate;
  return torch::kCircular;
}

template <size_t D, typename Function>
Tensor convolve(const Module& module, const detail::ConvNdOptions<D>& options, const Tensor& input,
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
  const auto pad =
      functional::PadFuncOptions(padding_of(options)).mode(pad_mode(options.padding_mode()));
  return function(functional::pad(input, pad), weight, call, where);
}

// What makes the result of a transposed convolution as large as was asked for.
template <size_t D>
ExpandingArray<D> output_padding_for(const detail::ConvNdOptions<D>& options, const Tensor& input,
                                     const std::optional<IntArrayRef>& output_size) {
  if (!output_size) return options.output_padding();
  const auto given = static_cast<int64_t>(output_size->size()), rank = input.dim();
  TORCH_CHECK(given == static_cast<int64_t>(D) || given == static_cast<int64_t>(D) + 2,
              "output_size must have ", D, " or ", D + 2, " elements (got ", given, ")");
  const IntArrayRef wanted = output_size->slice(static_cast<size_t>(given) - D, D),
                    sizes = input.sizes().slice(static_cast<size_t>(rank) - D, D);
  const auto& padding = std::get<ExpandingArray<D>>(options.padding());
  ExpandingArray<D> result = 0;
  std::vector<int64_t> least, most;
  for (size_t d = 0; d < D; ++d) {
    least.push_back((sizes[d] - 1) * (*options.stride())[d] - 2 * (*padding)[d] +
                    (*options.dilation())[d] * ((*options.kernel_size())[d] - 1) + 1);
    most.push_back(least[d] + (*options.stride())[d] - 1);
    (*result)[d] = wanted[d] - least[d];
  }
  const auto spaced = [](const std::vector<int64_t>& list) {
    std::string text;
    for (int64_t n : list) text += (text.empty() ? "" : " ") + std::to_string(n);
    return text;
  };
  for (size_t d = 0; d < D; ++d)
    TORCH_CHECK(wanted[d] >= least[d] && wanted[d] <= most[d], "requested an output size of ",
                wanted, ", but valid sizes range from ", spaced(least), " to ", spaced(most),
                " (for an input of ", sizes, ")");
  return result;
}

template <size_t D, typename Function>
Tensor convolve_transposed(const Module& module, const detail::ConvNdOptions<D>& options,
                           const Tensor& input, const std::optional<IntArrayRef>& output_size,
                           const Tensor& weight, const Tensor& bias, Location where,
                           Function function) {
  Forward forward(module, where);
  TORCH_CHECK(std::get_if<enumtype::kZeros>(&options.padding_mode()),
              "Only `zeros` padding mode is supported for ConvTranspose", D, "d");
  TORCH_CHECK(input.dim() > static_cast<int64_t>(D), "Expected ", D + 1, "D (unbatched) or ", D + 2,
              "D (batched) input to conv_transpose", D,
              "d, but got input of size: ", input.sizes());
  auto call = functional::ConvTransposeFuncOptions<D>()
                  .bias(bias)
                  .stride(options.stride())
                  .padding(std::get<ExpandingArray<D>>(options.padding()));
  call.output_padding(output_padding_for(options, input, output_size))
      .groups(options.groups())
      .dilation(options.dilation());
  return function(input, weight, call, where);
}
}  // namespace

#define WEFT_CONV(D)                                                                              \
  template class ConvNdImpl<D, Conv##D##dImpl>;                                                   \
  Conv##D##dImpl::Conv##D##dImpl(Conv##D##dOptions options_) : ConvNdImpl(common<D>(options_)) {} \
  Tensor Conv##D##dImpl::forward(const Tensor& input, Location where) {                           \
    return convolve<D>(*this, options, input, weight, bias, where, functional::conv##D##d);       \
  }                                                                                               \
  template class ConvNdImpl<D, ConvTranspose##D##dImpl>;                                          \
  ConvTranspose##D##dImpl::ConvTranspose##D##dImpl(ConvTranspose##D##dOptions options_)           \
      : ConvNdImpl(transposed<D>(options_)) {}                                                    \
  Tensor ConvTranspose##D##dImpl::forward(                                                        \
      const Tensor& input, const std::optional<IntArrayRef>& output_size, Location where) {       \
    return convolve_transposed<D>(*this, options, input, output_size, weight, bias, where,        \
                                  functional::conv_transpose##D##d);                              \
  }
WEFT_CONV(1)
WEFT_CONV(2)
WEFT_CONV(3)
#undef WEFT_CONV
}  // namespace nn
}  // namespace torch
