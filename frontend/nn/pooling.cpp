// Adaptive pooling.
#include "frontend/nn/pooling.h"

#include "frontend/nn/composite.h"
#include "frontend/nn/windows_by_index.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/out.h"

namespace torch {
namespace {
using nn::Windows;

std::vector<Windows> windows_of(const char* name, const Tensor& x, IntArrayRef output_size,
                                size_t dims) {
  const auto rank = static_cast<int64_t>(dims) + 2;
  TORCH_CHECK(output_size.size() == dims, name, ": output_size must be ", dims, ", but got ",
              output_size);
  TORCH_CHECK(x.dim() == rank || x.dim() == rank - 1, name, "(): Expected ", rank - 1, "D or ",
              rank, "D tensor, but got: ", x.sizes());
  TORCH_CHECK(x.is_floating_point(), '"', name, "\" not implemented for '", x.scalar_type(), "'");
  std::vector<Windows> windows;
  for (size_t d = 0; d < dims; ++d) {
    const int64_t dim = x.dim() - static_cast<int64_t>(dims - d), count = output_size[d];
    TORCH_CHECK(count >= 0, name,
                ": elements of output_size must be greater than or equal to 0 but received ",
                output_size);
    windows.push_back(Windows::adaptive(x.size(dim), count));
  }
  for (int64_t dim = x.dim() - static_cast<int64_t>(dims); dim < x.dim(); ++dim)
    TORCH_CHECK(x.size(dim) > 0, name,
                "(): Expected input to have non-zero size for non-batch dimensions, but input has "
                "sizes ",
                x.sizes(), " with dimension ", dim, " being empty");
  return windows;
}

// `values` so that they broadcast along dims `dim` and after, of `rank` dims.
Tensor along(const Tensor& values, int64_t dim, int64_t rank) {
  std::vector<int64_t> shape(static_cast<size_t>(rank), 1);
  for (int64_t i = 0; i < values.dim(); ++i) shape[static_cast<size_t>(dim + i)] = values.size(i);
  return values.reshape(shape);
}

Tensor adaptive_avg_pool(const char* name, const char* grad_name, In self, IntArrayRef output_size,
                         size_t dims) {
  nn::Composite composite(name, grad_name, self.where);
  const Tensor& x = self;
  const std::vector<Windows> windows = windows_of(name, x, output_size, dims);
  const int64_t lead = x.dim() - static_cast<int64_t>(dims);
  Tensor y = nn::window_dims(x, windows);
  std::vector<int64_t> inner, sizes = x.sizes().slice(0, static_cast<size_t>(lead)).vec();
  Tensor counted, divisor;
  double places = 1;
  for (size_t d = 0; d < dims; ++d) {
    const Windows& w = windows[d];
    inner.push_back(lead + 2 * static_cast<int64_t>(d) + 1);
    sizes.push_back(static_cast<int64_t>(w.begin.size()));
    if (w.even()) {
      places *= static_cast<double>(w.longest());
      continue;
    }
    const Tensor inside = along(w.inside(x), inner.back() - 1, y.dim()),
                 length = along(torch::tensor(w.length, x.options().requires_grad(false)),
                                lead + static_cast<int64_t>(d), x.dim());
    counted = counted.defined() ? counted.logical_and(inside) : inside;
    divisor = divisor.defined() ? divisor * length : length;
  }
  if (!counted.defined()) return detail::unaliased(y.mean(inner).reshape(sizes));
  y = torch::where(counted, y, 0).sum(inner);
  return y / (places == 1 ? divisor : divisor * places);
}

std::tuple<Tensor, Tensor> adaptive_max_pool(const char* name, const char* grad_name, In self,
                                             IntArrayRef output_size, size_t dims) {
  nn::Composite composite(name, grad_name, self.where);
  const Tensor& x = self;
  const std::vector<Windows> windows = windows_of(name, x, output_size, dims);
  const Tensor places = nn::windows_last(nn::window_dims(x, windows), dims);
  const int64_t lead = x.dim() - static_cast<int64_t>(dims), rank = x.dim();
  if (places.numel() == 0 && places.size(-1) == 0) {  // no windows
    const Tensor none = places.flatten(-2).narrow(-1, 0, 0);
    std::vector<int64_t> sizes = x.sizes().slice(0, static_cast<size_t>(lead)).vec();
    sizes.insert(sizes.end(), output_size.begin(), output_size.end());
    return {none.reshape(sizes), torch::zeros(sizes, TensorOptions(kLong).device(x.device()))};
  }
  const auto [values, chosen] = places.max(-1);
  // From the place in its window to that in the plane, dim by dim from the last.
  Tensor left = chosen, index;
  int64_t step = 1;
  for (size_t d = dims; d-- > 0;) {
    const int64_t longest = windows[d].longest();
    const Tensor begin =
        along(torch::tensor(windows[d].begin, TensorOptions(kLong).device(x.device())),
              lead + static_cast<int64_t>(d), rank);
    const Tensor place = d == 0 ? left : left.remainder(longest);
    const Tensor part = (begin + place) * step;
    index = index.defined() ? index + part : part;
    if (d > 0) left = left.floor_divide(longest);
    step *= windows[d].size;
  }
  return {values, index};
}
}  // namespace

#define WEFT_CASTS(D, rule) D == 3 ? casts::rule : casts::as_it_is
#define WEFT_ADAPTIVE(D)                                                                          \
  Tensor adaptive_avg_pool##D##d(In self, IntArrayRef output_size) {                              \
    if (const Autocast cast(WEFT_CASTS(D, adaptive_avg_pool3d), {self}); cast.on())               \
      return adaptive_avg_pool##D##d(In(cast[0], self.where), output_size);                       \
    return adaptive_avg_pool("adaptive_avg_pool" #D "d", "AdaptiveAvgPool" #D "DBackward0", self, \
                             output_size, D);                                                     \
  }                                                                                               \
  std::tuple<Tensor, Tensor> adaptive_max_pool##D##d(In self, IntArrayRef output_size) {          \
    if (const Autocast cast(WEFT_CASTS(D, adaptive_max_pool3d), {self}); cast.on())               \
      return adaptive_max_pool##D##d(In(cast[0], self.where), output_size);                       \
    return adaptive_max_pool("adaptive_max_pool" #D "d", "AdaptiveMaxPool" #D "DBackward0", self, \
                             output_size, D);                                                     \
  }
WEFT_ADAPTIVE(1)
WEFT_ADAPTIVE(2)
WEFT_ADAPTIVE(3)
#undef WEFT_ADAPTIVE
#undef WEFT_CASTS
}  // namespace torch
