#include "frontend/nn/pad_by_mode.h"

#include "frontend/tensor/windows.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace {
// What stands at positions -low .. size + high - 1 of `dim`, as pieces of the input one after the
// other.
std::vector<Tensor> pieces(const Tensor& x, int64_t dim, int64_t low, int64_t high,
                           const detail::conv_padding_mode_t& mode) {
  const int64_t size = x.size(dim);
  if (std::get_if<enumtype::kReflect>(&mode)) {
    TORCH_CHECK(low < size && high < size,
                "Padding size should be less than the corresponding input dimension, but "
                "got: padding (",
                low, ", ", high, ") at dimension ", dim, " of input ", x.sizes());
    return {x.narrow(dim, 1, low).flip({dim}), x, x.narrow(dim, size - 1 - high, high).flip({dim})};
  }
  if (std::get_if<enumtype::kCircular>(&mode)) {
    TORCH_CHECK(low <= size && high <= size,
                "Padding value causes wrapping around more than once: padding (", low, ", ", high,
                ") at dimension ", dim, " of input ", x.sizes());
    return {x.narrow(dim, size - low, low), x, x.narrow(dim, 0, high)};
  }
  TORCH_CHECK(size > 0, "Expected a non-empty dimension ", dim, " to replicate, got input ",
              x.sizes());
  std::vector<int64_t> before = x.sizes().vec(), after = before;
  before[static_cast<size_t>(dim)] = low;
  after[static_cast<size_t>(dim)] = high;
  return {x.narrow(dim, 0, 1).expand(before), x, x.narrow(dim, size - 1, 1).expand(after)};
}
}  // namespace

Tensor pad_by_mode(const Tensor& input, const std::vector<int64_t>& padding,
                   const detail::conv_padding_mode_t& mode) {
  const int64_t dims = static_cast<int64_t>(padding.size() / 2);
  if (std::get_if<enumtype::kZeros>(&mode)) {
    std::vector<int64_t> reversed;  // constant_pad_nd takes the last dim first
    for (size_t d = padding.size() / 2; d-- > 0;)
      reversed.insert(reversed.end(), {padding[2 * d], padding[2 * d + 1]});
    return torch::constant_pad_nd(input, reversed, 0);
  }
  Tensor x = input;
  for (int64_t d = 0; d < dims; ++d) {
    const int64_t low = padding[static_cast<size_t>(2 * d)],
                  high = padding[static_cast<size_t>(2 * d + 1)];
    if (low || high)
      x = torch::cat(pieces(x, input.dim() - dims + d, low, high, mode), input.dim() - dims + d);
  }
  return x;
}
}  // namespace nn
}  // namespace torch
