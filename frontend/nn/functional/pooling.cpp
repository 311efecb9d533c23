#include "frontend/nn/functional/pooling.h"

#include "frontend/nn/pooling.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
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

namespace {
template <size_t D> std::vector<int64_t> sizes_of(const ExpandingArray<D>& size, const Tensor&) {
  return {size->begin(), size->end()};
}
// Absent sizes are the input's.
template <size_t D>
std::vector<int64_t> sizes_of(const ExpandingArrayWithOptionalElem<D>& size, const Tensor& input) {
  TORCH_CHECK(input.dim() > static_cast<int64_t>(D), "Input dimension should be at least ", D + 1,
              ", got ", input.dim());
  std::vector<int64_t> sizes;
  for (size_t d = 0; d < D; ++d)
    sizes.push_back((*size)[d].value_or(input.size(input.dim() - static_cast<int64_t>(D - d))));
  return sizes;
}

template <size_t D>
std::vector<int64_t> unpooled_sizes(const Tensor& input, const MaxUnpoolFuncOptions<D>& o) {
  TORCH_CHECK(input.dim() >= static_cast<int64_t>(D), "Input to max_unpooling", D, "d should have ",
              D, " dims or more, but got ", input.dim());
  std::vector<int64_t> by_default;
  for (size_t d = 0; d < D; ++d)
    by_default.push_back((input.size(input.dim() - static_cast<int64_t>(D - d)) - 1) *
                             (*o.stride())[d] +
                         (*o.kernel_size())[d] - 2 * (*o.padding())[d]);
  if (!o.output_size()) return by_default;
  std::vector<int64_t> given;
  if (o.output_size()->size() == D + 2)
    given.assign(o.output_size()->begin() + 2, o.output_size()->end());
  TORCH_CHECK(given.size() == D, "output_size should be a sequence containing ", D, " or ", D + 2,
              " elements, but it has a length of '", given.size(), "'");
  for (size_t d = 0; d < D; ++d) {
    const int64_t least = by_default[d] - (*o.stride())[d], most = by_default[d] + (*o.stride())[d];
    TORCH_CHECK(least <= given[d] && given[d] <= most, "invalid output_size ", IntArrayRef(given),
                " (dim ", d, " must be between ", least, " and ", most, ")");
  }
  return given;
}

// The norm of windows whose elements' powers have these means.
Tensor norm_of_windows(const Tensor& mean, double norm_type, IntArrayRef window) {
  int64_t places = 1;
  for (int64_t w : window) places *= w;
  return (mean.sign() * torch::relu(mean.abs())).mul(places).pow(1. / norm_type);
}
}  // namespace

#define WEFT_POOLING(D)                                                                            \
  std::tuple<Tensor, Tensor> adaptive_max_pool##D##d_with_indices(                                 \
      const Tensor& input, const AdaptiveMaxPool##D##dFuncOptions& o, Location where) {            \
    record::Call call(where);                                                                      \
    return torch::adaptive_max_pool##D##d(In(input, where), sizes_of(o.output_size(), input));     \
  }                                                                                                \
  Tensor adaptive_max_pool##D##d(const Tensor& input, const AdaptiveMaxPool##D##dFuncOptions& o,   \
                                 Location where) {                                                 \
    return std::get<0>(adaptive_max_pool##D##d_with_indices(input, o, where));                     \
  }                                                                                                \
  Tensor adaptive_avg_pool##D##d(const Tensor& input, const AdaptiveAvgPool##D##dFuncOptions& o,   \
                                 Location where) {                                                 \
    record::Call call(where);                                                                      \
    return torch::adaptive_avg_pool##D##d(In(input, where), sizes_of(o.output_size(), input));     \
  }                                                                                                \
  Tensor lp_pool##D##d(const Tensor& input, const LPPool##D##dFuncOptions& o, Location where) {    \
    record::Call call(where);                                                                      \
    const Tensor mean =                                                                            \
        torch::avg_pool##D##d(In(input.pow(o.norm_type()), where), o.kernel_size(), o.stride(), 0, \
                              o.ceil_mode(), /*count_include_pad=*/true);                          \
    return norm_of_windows(mean, o.norm_type(), o.kernel_size());                                  \
  }
WEFT_POOLING(1)
WEFT_POOLING(2)
WEFT_POOLING(3)
#undef WEFT_POOLING

Tensor max_unpool1d(const Tensor& input, const Tensor& indices, const MaxUnpool1dFuncOptions& o,
                    Location where) {
  record::Call call(where);
  std::vector<int64_t> sizes = unpooled_sizes(input, o);
  sizes.push_back(1);
  return torch::max_unpool2d(input.unsqueeze(-1), indices.unsqueeze(-1), sizes).squeeze(-1);
}
Tensor max_unpool2d(const Tensor& input, const Tensor& indices, const MaxUnpool2dFuncOptions& o,
                    Location where) {
  record::Call call(where);
  return torch::max_unpool2d(input, indices, unpooled_sizes(input, o));
}
Tensor max_unpool3d(const Tensor& input, const Tensor& indices, const MaxUnpool3dFuncOptions& o,
                    Location where) {
  record::Call call(where);
  return torch::max_unpool3d(input, indices, unpooled_sizes(input, o), o.stride(), o.padding());
}

namespace {
template <size_t D>
std::vector<int64_t> fractional_sizes(const Tensor& input, const FractionalMaxPoolOptions<D>& o) {
  TORCH_CHECK(o.output_size() || o.output_ratio(), "fractional_max_pool", D,
              "d requires specifying either an output_size or an output_ratio");
  std::vector<int64_t> sizes;
  for (size_t d = 0; d < D; ++d)
    sizes.push_back(o.output_size() ? (**o.output_size())[d]
                                    : static_cast<int64_t>(
                                          static_cast<double>(input.size(static_cast<int64_t>(d) -
                                                                         static_cast<int64_t>(D))) *
                                          (**o.output_ratio())[d]));
  return sizes;
}
template <size_t D> Tensor samples(const Tensor& input, const FractionalMaxPoolOptions<D>& o) {
  if (o._random_samples().defined()) return o._random_samples();
  const auto dims = static_cast<int64_t>(D);
  const int64_t batch = input.dim() == dims + 1 ? 1 : input.size(0);
  return torch::rand({batch, input.size(-dims - 1), dims}, input.options().requires_grad(false));
}
}  // namespace
#define WEFT_POOLING(D)                                                                           \
  std::tuple<Tensor, Tensor> fractional_max_pool##D##d_with_indices(                              \
      const Tensor& input, const FractionalMaxPool##D##dFuncOptions& o, Location where) {         \
    record::Call call(where);                                                                     \
    return torch::fractional_max_pool##D##d(In(input, where), o.kernel_size(),                    \
                                            fractional_sizes(input, o), samples(input, o));       \
  }                                                                                               \
  Tensor fractional_max_pool##D##d(const Tensor& input,                                           \
                                   const FractionalMaxPool##D##dFuncOptions& o, Location where) { \
    return std::get<0>(fractional_max_pool##D##d_with_indices(input, o, where));                  \
  }
WEFT_POOLING(2)
WEFT_POOLING(3)
#undef WEFT_POOLING
}  // namespace functional
}  // namespace nn
}  // namespace torch
