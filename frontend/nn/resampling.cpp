// Images at another resolution: dim by dim, a weighted sum of picked pixels.
#include "frontend/nn/resampling.h"

#include "frontend/nn/composite.h"
#include "frontend/nn/taps.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace {
using nn::Resample;
using nn::Taps;

// `x` with the elements `index` of a dim. Whole repetitions are read in place, others by their
// indices.
Tensor picked(const Tensor& x, int64_t dim, const std::vector<int64_t>& index) {
  const int64_t size = x.size(dim), count = static_cast<int64_t>(index.size()), each = count / size;
  bool repeats = each * size == count;
  for (int64_t i = 0; repeats && i < count; ++i)
    repeats = index[static_cast<size_t>(i)] == i / each;
  if (!repeats) return x.index_select(dim, torch::tensor(index, x.options().dtype(kLong)));
  if (each == 1) return x;
  std::vector<int64_t> sizes = x.sizes().vec(), wide = sizes;
  sizes[static_cast<size_t>(dim)] = count;
  wide.insert(wide.begin() + dim + 1, each);
  return x.unsqueeze(dim + 1).expand(wide).reshape(sizes);
}

Tensor resampled(const Tensor& x, int64_t dim, const Taps& taps) {
  if (taps.weight.empty()) return picked(x, dim, taps.index[0]);
  std::vector<int64_t> along(static_cast<size_t>(x.dim()), 1);
  along[static_cast<size_t>(dim)] = static_cast<int64_t>(taps.index[0].size());
  Tensor sum;
  for (size_t k = 0; k < taps.index.size(); ++k) {
    const Tensor weight =
        torch::tensor(taps.weight[k], x.options().requires_grad(false)).reshape(along);
    const Tensor part = picked(x, dim, taps.index[k]) * weight;
    sum = sum.defined() ? sum + part : part;
  }
  return sum;
}

void check_sizes(const char* name, const Tensor& x, IntArrayRef output_size, size_t dims) {
  const char* axes[] = {"D", "H", "W"};
  TORCH_CHECK(output_size.size() == dims, "It is expected output_size equals to ", dims,
              ", but got size ", output_size.size());
  TORCH_CHECK(x.dim() == static_cast<int64_t>(dims) + 2, "It is expected input_size equals to ",
              dims + 2, ", but got size ", x.dim());
  std::string got, wanted;
  bool positive = true;
  for (size_t d = 0; d < dims; ++d) {
    const int64_t in = x.size(static_cast<int64_t>(d) + 2), out = output_size[d];
    const std::string head = c10::str(d ? ", " : "", axes[3 - dims + d], ": ");
    got += head + std::to_string(in);
    wanted += head + std::to_string(out);
    positive &= in > 0 && out > 0;
  }
  TORCH_CHECK(positive, "Input and output sizes should be greater than 0, but got input (", got,
              ") output (", wanted, ")");
  TORCH_CHECK(x.size(1) != 0, "Non-empty ", dims + 2,
              "D data tensor expected but got a tensor with sizes ", x.sizes());
  TORCH_CHECK(x.is_floating_point() || x.scalar_type() == kByte, '"', name,
              "\" not implemented for '", x.scalar_type(), "'");
}

Tensor resample(const char* name, const char* grad_name, Resample mode, In self,
                IntArrayRef output_size, bool align_corners,
                std::initializer_list<std::optional<double>> scales) {
  if (const Autocast cast(casts::upsample, {self}); cast.on())
    return resample(name, grad_name, mode, In(cast[0], self.where), output_size, align_corners,
                    scales);
  nn::Composite composite(name, grad_name, self.where);
  check_sizes(name, self, output_size, scales.size());
  TORCH_CHECK(
      self->is_floating_point() || mode == Resample::nearest || mode == Resample::nearest_exact,
      '"', name, "\" not implemented for '", self->scalar_type(), "'");
  Tensor y = self;
  // The last dim first: its rows are the ones that lie together.
  for (size_t d = scales.size(); d-- > 0;) {
    const auto dim = static_cast<int64_t>(d) + 2;
    if (self->size(dim) == output_size[d] && (align_corners || !*(scales.begin() + d))) continue;
    const auto make = self->scalar_type() == kDouble ? nn::taps<double> : nn::taps<float>;
    y = resampled(
        y, dim, make(mode, self->size(dim), output_size[d], align_corners, *(scales.begin() + d)));
  }
  return y.is_same(self) ? y.clone() : y;
}
}  // namespace

using Scale = std::optional<double>;
#define WEFT_NEAREST(f, Label, mode)                                                   \
  Tensor f##1d(In self, IntArrayRef size, Scale s) {                                   \
    return resample(#f "1d", Label "1DBackward0", mode, self, size, false, {s});       \
  }                                                                                    \
  Tensor f##2d(In self, IntArrayRef size, Scale h, Scale w) {                          \
    return resample(#f "2d", Label "2DBackward0", mode, self, size, false, {h, w});    \
  }                                                                                    \
  Tensor f##3d(In self, IntArrayRef size, Scale d, Scale h, Scale w) {                 \
    return resample(#f "3d", Label "3DBackward0", mode, self, size, false, {d, h, w}); \
  }
WEFT_NEAREST(upsample_nearest, "UpsampleNearest", Resample::nearest)
WEFT_NEAREST(_upsample_nearest_exact, "UpsampleNearestExact", Resample::nearest_exact)
#undef WEFT_NEAREST
Tensor upsample_linear1d(In self, IntArrayRef size, bool align_corners, Scale s) {
  return resample("upsample_linear1d", "UpsampleLinear1DBackward0", Resample::linear, self, size,
                  align_corners, {s});
}
#define WEFT_PLANAR(f, Label, mode)                                           \
  Tensor f(In self, IntArrayRef size, bool align_corners, Scale h, Scale w) { \
    return resample(#f, Label, mode, self, size, align_corners, {h, w});      \
  }
WEFT_PLANAR(upsample_bilinear2d, "UpsampleBilinear2DBackward0", Resample::linear)
WEFT_PLANAR(upsample_bicubic2d, "UpsampleBicubic2DBackward0", Resample::cubic)
WEFT_PLANAR(_upsample_bilinear2d_aa, "UpsampleBilinear2DAaBackward0", Resample::linear_antialias)
WEFT_PLANAR(_upsample_bicubic2d_aa, "UpsampleBicubic2DAaBackward0", Resample::cubic_antialias)
#undef WEFT_PLANAR
Tensor upsample_trilinear3d(In self, IntArrayRef size, bool align_corners, Scale d, Scale h,
                            Scale w) {
  return resample("upsample_trilinear3d", "UpsampleTrilinear3DBackward0", Resample::linear, self,
                  size, align_corners, {d, h, w});
}
}  // namespace torch
