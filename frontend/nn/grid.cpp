// Images at computed places.
#include <algorithm>
#include <cmath>

#include "frontend/nn/composite.h"
#include "frontend/nn/resampling.h"
#include "frontend/nn/taps.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/out.h"

namespace torch {
namespace {
enum Mode { bilinear, nearest, bicubic };
enum Outside { zeros, border, reflection };

// Places (N, 1, count) along one dim of the image.
struct Axis {
  int64_t size;
  Outside outside;
  bool align_corners;

  // From -1 .. 1 to pixels.
  Tensor pixels(const Tensor& x) const {
    const auto n = static_cast<double>(size);
    return align_corners ? (x + 1) / 2 * (n - 1) : ((x + 1) * n - 1) / 2;
  }
  // Places outside brought inside, as `outside` says. On the border itself nothing moves any more.
  Tensor bounded(const Tensor& x) const {
    if (outside == zeros) return x;
    const Tensor y = outside == border ? x : reflected(x);
    const double last = static_cast<double>(size - 1);
    const Tensor zero = torch::zeros({}, x.options().requires_grad(false));
    return torch::where(y > 0, torch::where(y < last, y, zero + last), zero);
  }
  Tensor reflected(const Tensor& x) const {
    const double low = align_corners ? 0 : -0.5,
                 span = align_corners ? static_cast<double>(size - 1) : static_cast<double>(size);
    if (span == 0) return torch::zeros_like(x);
    const Tensor shifted = x - low, away = torch::where(shifted < 0, -shifted, shifted),
                 rest = away.fmod(span), flips = (away / span).floor().detach();
    return torch::where(flips.remainder(2).eq(0), rest, span - rest) + low;
  }
  Tensor inside(const Tensor& at) const { return (at >= 0).logical_and(at < size); }
};

// What the image has at whole-numbered places, zeros outside of it.
Tensor looked_up(const Tensor& planes, const std::vector<Axis>& axes,
                 const std::vector<Tensor>& at) {
  Tensor place, inside;
  for (size_t d = 0; d < axes.size(); ++d) {
    const Tensor index = at[d].detach().clamp(0, static_cast<double>(axes[d].size - 1)).to(kLong),
                 in = axes[d].inside(at[d].detach());
    place = place.defined() ? place * axes[d].size + index : index;
    inside = inside.defined() ? inside.logical_and(in) : in;
  }
  const Tensor values =
      planes.gather(2, place.expand({planes.size(0), planes.size(1), place.size(2)}));
  return torch::where(inside, values, torch::zeros({}, planes.options().requires_grad(false)));
}

// The sum over the corners of the cell around each place.
Tensor corners(const Tensor& planes, const std::vector<Axis>& axes, const std::vector<Tensor>& at) {
  std::vector<Tensor> low, part;
  for (const Tensor& x : at) {
    low.push_back(x.detach().floor());
    part.push_back(x - low.back());
  }
  Tensor sum;
  for (size_t corner = 0; corner < (size_t{1} << axes.size()); ++corner) {
    std::vector<Tensor> place;
    Tensor weight;
    for (size_t d = 0; d < axes.size(); ++d) {
      const bool high = corner >> d & 1;
      place.push_back(high ? low[d] + 1 : low[d]);
      const Tensor w = high ? part[d] : 1 - part[d];
      weight = weight.defined() ? weight * w : w;
    }
    const Tensor term = looked_up(planes, axes, place) * weight;
    sum = sum.defined() ? sum + term : term;
  }
  return sum;
}

// Keys' cubic at four pixels around each place.
std::vector<Tensor> cubic_weights(const Tensor& t) {
  const double A = -0.75;
  const auto near = [&](const Tensor& x) { return ((A + 2) * x - (A + 3)) * x * x + 1; };
  const auto far = [&](const Tensor& x) { return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A; };
  return {far(t + 1), near(t), near(1 - t), far(2 - t)};
}
Tensor cubic_cell(const Tensor& planes, const std::vector<Axis>& axes,
                  const std::vector<Tensor>& at) {
  const Tensor y = at[0].detach().floor(), x = at[1].detach().floor();
  const std::vector<Tensor> wy = cubic_weights(at[0] - y), wx = cubic_weights(at[1] - x);
  Tensor sum;
  for (int i = 0; i < 4; ++i) {
    Tensor row;
    for (int j = 0; j < 4; ++j) {
      const Tensor term =
          looked_up(planes, axes, {axes[0].bounded(y + (i - 1)), axes[1].bounded(x + (j - 1))}) *
          wx[static_cast<size_t>(j)];
      row = row.defined() ? row + term : term;
    }
    row = row * wy[static_cast<size_t>(i)];
    sum = sum.defined() ? sum + row : row;
  }
  return sum;
}

void check_grid(const Tensor& x, const Tensor& grid, int64_t mode, int64_t outside) {
  TORCH_CHECK(x.dim() == 4 || x.dim() == 5,
              "grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, ",
              "but got input with sizes ", x.sizes(), " and grid with sizes ", grid.sizes());
  TORCH_CHECK(x.size(0) == grid.size(0),
              "grid_sampler(): expected grid and input to have same batch size, but got input with "
              "sizes ",
              x.sizes(), " and grid with sizes ", grid.sizes());
  TORCH_CHECK(grid.size(-1) == x.dim() - 2, "grid_sampler(): expected grid to have size ",
              x.dim() - 2, " in last dimension, but got grid with sizes ", grid.sizes());
  TORCH_CHECK(grid.dim() == x.dim(),
              "grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, ",
              "but got input with sizes ", x.sizes(), " and grid with sizes ", grid.sizes());
  TORCH_CHECK(x.scalar_type() == grid.scalar_type(), "expected scalar type ", x.scalar_type(),
              " but found ", grid.scalar_type(), ": input and grid of grid_sampler()");
  TORCH_CHECK(x.is_floating_point(), "\"grid_sampler\" not implemented for '", x.scalar_type(),
              "'");
  for (int64_t d = 2; d < x.dim(); ++d)
    TORCH_CHECK(x.size(d) > 0,
                "grid_sampler(): expected input to have non-empty spatial dimensions, but input "
                "has sizes ",
                x.sizes(), " with dimension ", d, " being empty");
  TORCH_CHECK(mode >= bilinear && mode <= bicubic && outside >= zeros && outside <= reflection,
              "grid_sampler(): no such mode");
  TORCH_CHECK(mode != bicubic || x.dim() == 4,
              "grid_sampler(): bicubic interpolation only supports 4D input");
}
}  // namespace

Tensor grid_sampler(In input, const Tensor& grid, int64_t interpolation_mode, int64_t padding_mode,
                    bool align_corners) {
  if (const Autocast cast(casts::grid_sampler, {input, grid}); cast.on())
    return grid_sampler(In(cast[0], input.where), cast[1], interpolation_mode, padding_mode, align_corners);
  const Tensor& x = input;
  nn::Composite composite("grid_sampler",
                          x.dim() == 5 ? "GridSampler3DBackward0" : "GridSampler2DBackward0",
                          input.where);
  check_grid(x, grid, interpolation_mode, padding_mode);
  std::vector<int64_t> sizes{x.size(0), x.size(1)};
  std::vector<Axis> axes;
  std::vector<Tensor> at;
  for (int64_t d = 2; d < x.dim(); ++d) {
    sizes.push_back(grid.size(d - 1));
    axes.push_back({x.size(d), static_cast<Outside>(padding_mode), align_corners});
    // the grid holds x first, which is the last dim
    const Tensor place =
        axes.back().pixels(grid.select(-1, x.dim() - 1 - d).reshape({x.size(0), 1, -1}));
    at.push_back(interpolation_mode == bicubic ? place : axes.back().bounded(place));
  }
  const Tensor planes = x.flatten(2);
  Tensor y;
  if (interpolation_mode == bilinear) {
    y = corners(planes, axes, at);
  } else if (interpolation_mode == bicubic) {
    y = cubic_cell(planes, axes, at);
  } else {
    for (Tensor& place : at) place = place.detach().round();
    y = looked_up(planes, axes, at);
  }
  return detail::unaliased(y.reshape(sizes));
}

namespace {
// The centers (or, aligned, the corners) of `count` pixels between -1 and 1.
Tensor steps(int64_t count, bool align_corners, const TensorOptions& options) {
  if (count <= 1) return torch::zeros({count}, options);
  const Tensor corners = torch::linspace(-1, 1, count, options);
  return align_corners ? corners
                       : corners * static_cast<double>(count - 1) / static_cast<double>(count);
}
}  // namespace

Tensor affine_grid_generator(In theta, IntArrayRef size, bool align_corners) {
  nn::Composite composite("affine_grid_generator", "AffineGridGeneratorBackward0", theta.where);
  TORCH_CHECK(size.size() == 4 || size.size() == 5,
              "AffineGridGenerator needs 4d (spatial) or 5d (volumetric) inputs.");
  const auto dims = static_cast<int64_t>(size.size()) - 2;
  TORCH_CHECK(theta->dim() == 3 && theta->size(1) == dims && theta->size(2) == dims + 1,
              "Expected a batch of affine matrices of shape Nx", dims, "x", dims + 1, ", got ",
              theta->sizes());
  const TensorOptions options = theta->options().requires_grad(false);
  std::vector<int64_t> sizes = size.slice(2).vec();
  std::vector<Tensor> columns;
  for (int64_t d = dims; d-- > 0;) {
    std::vector<int64_t> along(static_cast<size_t>(dims), 1);
    along[static_cast<size_t>(d)] = sizes[static_cast<size_t>(d)];
    columns.push_back(
        steps(sizes[static_cast<size_t>(d)], align_corners, options).reshape(along).expand(sizes));
  }
  columns.push_back(torch::ones(sizes, options));
  const Tensor base = torch::stack(columns, -1).reshape({-1, dims + 1});
  std::vector<int64_t> grid = sizes;
  grid.insert(grid.begin(), theta->size(0));
  grid.push_back(dims);
  return torch::matmul(base, theta->transpose(1, 2)).reshape(grid);
}
}  // namespace torch
