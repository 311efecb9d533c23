// Pooling whose windows or places are values: unpooling, fractional pooling.
#include "frontend/nn/composite.h"
#include "frontend/nn/pooling.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/requirement.h"

namespace torch {
namespace {
Tensor max_unpool(const char* name, const char* grad_name, In self, const Tensor& indices,
                  IntArrayRef output_size, size_t dims) {
  if (const Autocast cast(casts::max_unpool, {self}); cast.on())
    return max_unpool(name, grad_name, In(cast[0], self.where), indices, output_size, dims);
  nn::Composite composite(name, grad_name, self.where);
  const Tensor& x = self;
  const auto rank = static_cast<int64_t>(dims) + 2;
  TORCH_CHECK(output_size.size() == dims, "There should be exactly ",
              dims == 2 ? "two elements (height, width)" : "three elements (depth, height, width)",
              " in output_size, but got ", output_size.size(), " elements.");
  TORCH_CHECK(x.dim() == rank || x.dim() == rank - 1, "Input to ", name, " should be a ", rank - 1,
              "d or ", rank, "d Tensor, but got a tensor with ", x.dim(), " dimensions.");
  TORCH_CHECK(indices.scalar_type() == kLong,
              "elements in indices should be type int64 but got: ", indices.scalar_type());
  TORCH_CHECK(x.sizes() == indices.sizes(),
              "Expected shape of indices to be same as that of the input tensor (", x.sizes(),
              ") but got indices tensor with shape: ", indices.sizes());
  const int64_t lead = x.dim() - static_cast<int64_t>(dims);
  nn::check_floating(x, name);
  for (int64_t d = 1; d < x.dim(); ++d)
    TORCH_CHECK(x.size(d) > 0, name,
                "(): Expected input to have non-zero size for non-batch dimensions, but input has "
                "sizes ",
                x.sizes(), " with dimension ", d, " being empty");
  std::vector<int64_t> sizes = x.sizes().slice(0, static_cast<size_t>(lead)).vec(), flat = sizes;
  int64_t places = 1;
  for (int64_t size : output_size) {
    TORCH_CHECK(size >= 0, name, ": expected sizes that are not negative, got ", output_size);
    places *= size;
  }
  sizes.insert(sizes.end(), output_size.begin(), output_size.end());
  flat.push_back(places);
  const detail::Range range{0, static_cast<double>(places), op::Requirement::place_in_volume};
  detail::check_known(indices, range);
  const record::IndexErrors errors(op::Requirement::place_in_volume);
  return torch::zeros(flat, x.options().requires_grad(false))
      .scatter(-1, indices.flatten(lead), x.flatten(lead))
      .reshape(sizes);
}

// (N, C, count): where the windows of each plane begin along one dim.
Tensor begins(const Tensor& sample, int64_t size, int64_t window, int64_t count) {
  const Tensor u = sample.unsqueeze(-1),
               last = torch::full_like(u, static_cast<double>(size - window));
  if (count == 1) return last.to(kLong);
  const Tensor i = torch::arange(count - 1, u.options().requires_grad(false));
  const Tensor alpha =
      torch::full_like(u, static_cast<double>(size - window)) / static_cast<double>(count - 1);
  return torch::cat({((i + u) * alpha).trunc() - (u * alpha).trunc(), last}, -1).to(kLong);
}

void check_fractional(const char* name, const Tensor& x, IntArrayRef window, IntArrayRef count,
                      const Tensor& samples, size_t dims) {
  const char* names[] = {"time", "height", "width"};
  const auto rank = static_cast<int64_t>(dims) + 2;
  TORCH_CHECK(window.size() == dims, name, ": kernel_size must either be a single int or tuple of ",
              "Ints, one a dim");
  TORCH_CHECK(count.size() == dims, name, ": output_size must either be a single int or tuple of ",
              "Ints, one a dim");
  TORCH_CHECK(x.dim() == rank || x.dim() == rank - 1, name, "(): Expected ", rank - 1, "D or ",
              rank, "D tensor, but got: ", x.sizes());
  for (size_t d = 0; d < dims; ++d) {
    const int64_t size = x.size(x.dim() - static_cast<int64_t>(dims - d));
    TORCH_CHECK(window[d] > 0 && count[d] > 0, name,
                "(): expected positive kernel and output sizes, got ", window, " and ", count);
    TORCH_CHECK(count[d] + window[d] - 1 <= size, name, "(): pool ", names[3 - dims + d], " ",
                window[d], " too large relative to input ", names[3 - dims + d], " ", size);
  }
  const int64_t batch = x.dim() == rank ? x.size(0) : 1,
                channels = x.size(x.dim() - static_cast<int64_t>(dims) - 1);
  TORCH_CHECK(samples.scalar_type() == x.scalar_type(),
              "Expect _random_samples to have the same dtype as input");
  TORCH_CHECK(samples.dim() == 3, "Expect _random_samples to have 3 dimensions, got ",
              samples.dim());
  TORCH_CHECK(samples.size(0) >= batch,
              "Expect _random_samples.size(0) no less then input batch size.");
  TORCH_CHECK(samples.size(1) == channels,
              "Expect _random_samples.size(1) equals to input channel size.");
  TORCH_CHECK(samples.size(2) == static_cast<int64_t>(dims), "Expect _random_samples.size(2) ",
              "equals to ", dims, "; got ", samples.size(2), ".");
}

std::tuple<Tensor, Tensor> fractional_max_pool(const char* name, const char* grad_name, In self,
                                               IntArrayRef window, IntArrayRef count,
                                               const Tensor& random_samples, size_t dims) {
  if (const Autocast cast(casts::fractional_max_pool, {self, random_samples}); cast.on())
    return fractional_max_pool(name, grad_name, In(cast[0], self.where), window, count, cast[1],
                               dims);
  nn::Composite composite(name, grad_name, self.where);
  check_fractional(name, self, window, count, random_samples, dims);
  const bool batched = self->dim() == static_cast<int64_t>(dims) + 2;
  const Tensor x = batched ? self.tensor : self->unsqueeze(0),
               samples = random_samples.detach().narrow(0, 0, x.size(0));
  // (N, C, count..., window...): the place in the plane of every place in every window.
  Tensor places;
  for (size_t d = 0; d < dims; ++d) {
    const int64_t size = x.size(2 + static_cast<int64_t>(d));
    // the samples of a plane stand in the order width, height; time first where there is one
    const int64_t which = static_cast<int64_t>(dims == 2 ? 1 - d : d);
    std::vector<int64_t> begin{x.size(0), x.size(1)}, offset(2 + 2 * dims, 1);
    begin.resize(2 + 2 * dims, 1);
    begin[2 + d] = count[d];
    offset[2 + dims + d] = window[d];
    const Tensor at = begins(samples.select(2, which), size, window[d], count[d]).reshape(begin) +
                      torch::arange(window[d], samples.options().dtype(kLong)).reshape(offset);
    places = places.defined() ? places * size + at : at;
  }
  std::vector<int64_t> sizes{x.size(0), x.size(1)};
  sizes.insert(sizes.end(), count.begin(), count.end());
  sizes.push_back(1);
  for (int64_t w : window) sizes.back() *= w;
  const Tensor index = places.reshape(sizes);
  const Tensor elements = x.flatten(2).gather(2, index.flatten(2)).reshape(sizes);
  const auto [values, chosen] = elements.max(-1);
  const Tensor indices = index.gather(-1, chosen.unsqueeze(-1)).squeeze(-1);
  if (batched) return {values, indices};
  return {values.squeeze(0), indices.squeeze(0)};
}
}  // namespace

Tensor max_unpool2d(In self, const Tensor& indices, IntArrayRef output_size) {
  return max_unpool("max_unpooling2d", "MaxUnpool2DBackward0", self, indices, output_size, 2);
}
Tensor max_unpool3d(In self, const Tensor& indices, IntArrayRef output_size, IntArrayRef stride,
                    IntArrayRef padding) {
  record::Call call(self.where);
  const auto check = [](const char* name, IntArrayRef list) {
    TORCH_CHECK(list.size() == 3, "There should be exactly three elements (depth, height, width) ",
                "in ", name, ", but got: ", list.size(), " elements.");
  };
  check("stride", stride);
  check("padding", padding);
  return max_unpool("max_unpooling3d", "MaxUnpool3DBackward0", self, indices, output_size, 3);
}
std::tuple<Tensor, Tensor> fractional_max_pool2d(In self, IntArrayRef kernel_size,
                                                 IntArrayRef output_size,
                                                 const Tensor& random_samples) {
  return fractional_max_pool("fractional_max_pool2d", "FractionalMaxPool2DBackward0", self,
                             kernel_size, output_size, random_samples, 2);
}
std::tuple<Tensor, Tensor> fractional_max_pool3d(In self, IntArrayRef kernel_size,
                                                 IntArrayRef output_size,
                                                 const Tensor& random_samples) {
  return fractional_max_pool("fractional_max_pool3d", "FractionalMaxPool3DBackward0", self,
                             kernel_size, output_size, random_samples, 3);
}
}  // namespace torch
