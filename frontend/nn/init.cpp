#include "frontend/nn/init.h"

#include <algorithm>
#include <cmath>

#include "frontend/nn/init_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace init {
namespace {
double kaiming_std(const Tensor& tensor, double a, FanModeType mode,
                   NonlinearityType nonlinearity) {
  const auto [in, out] = _calculate_fan_in_and_fan_out(tensor);
  const int64_t fan = std::get_if<enumtype::kFanIn>(&mode) ? in : out;
  return calculate_gain(nonlinearity, a) / std::sqrt(static_cast<double>(fan));
}
double xavier_std(const Tensor& tensor, double gain) {
  const auto [in, out] = _calculate_fan_in_and_fan_out(tensor);
  return gain * std::sqrt(2.0 / static_cast<double>(in + out));
}
}  // namespace

double calculate_gain(NonlinearityType nonlinearity, double param) {
  if (std::get_if<enumtype::kTanh>(&nonlinearity)) return 5.0 / 3.0;
  if (std::get_if<enumtype::kReLU>(&nonlinearity)) return std::sqrt(2.0);
  if (std::get_if<enumtype::kLeakyReLU>(&nonlinearity)) return std::sqrt(2.0 / (1 + param * param));
  return 1.0;
}

Tensor constant_(In tensor, Scalar value) {
  const Filling filling(tensor.where);
  return tensor->fill_(value);
}
Tensor ones_(In tensor) { return constant_(tensor, 1); }
Tensor zeros_(In tensor) { return constant_(tensor, 0); }

Tensor eye_(In matrix) {
  const Filling filling(matrix.where);
  TORCH_CHECK(matrix->ndimension() == 2, "Only tensors with 2 dimensions are supported, got sizes ",
              matrix->sizes());
  return matrix->copy_(
      torch::eye(matrix->size(0), matrix->size(1), matrix->options().requires_grad(false)));
}

Tensor dirac_(In tensor) {
  const Filling filling(tensor.where);
  TORCH_CHECK(tensor->ndimension() >= 3 && tensor->ndimension() <= 5,
              "Only tensors with 3, 4, or 5 dimensions are supported, got sizes ", tensor->sizes());
  // A one where the two channels are equal and every window index is at its centre.
  const IntArrayRef sizes = tensor->sizes();
  Tensor centre = tensor;
  for (int64_t d = tensor->dim() - 1; d >= 2; --d)
    centre = centre.select(d, sizes[static_cast<size_t>(d)] / 2);
  tensor->zero_();
  centre.copy_(torch::eye(sizes[0], sizes[1], tensor->options().requires_grad(false)));
  return tensor.tensor;
}

Tensor normal_(In tensor, double mean, double std) {
  const Filling filling(tensor.where);
  return tensor->normal_(mean, std);
}
Tensor uniform_(In tensor, double low, double high) {
  const Filling filling(tensor.where);
  return tensor->uniform_(low, high);
}
Tensor kaiming_normal_(In tensor, double a, FanModeType mode, NonlinearityType nonlinearity) {
  const Filling filling(tensor.where);
  return normal_(tensor, 0, kaiming_std(tensor, a, mode, nonlinearity));
}
Tensor kaiming_uniform_(In tensor, double a, FanModeType mode, NonlinearityType nonlinearity) {
  const Filling filling(tensor.where);
  const double bound = std::sqrt(3.0) * kaiming_std(tensor, a, mode, nonlinearity);
  return uniform_(tensor, -bound, bound);
}
Tensor xavier_normal_(In tensor, double gain) {
  const Filling filling(tensor.where);
  return normal_(tensor, 0, xavier_std(tensor, gain));
}
Tensor xavier_uniform_(In tensor, double gain) {
  const Filling filling(tensor.where);
  const double bound = std::sqrt(3.0) * xavier_std(tensor, gain);
  return uniform_(tensor, -bound, bound);
}

std::tuple<int64_t, int64_t> _calculate_fan_in_and_fan_out(In tensor) {
  const record::Call call(tensor.where);
  TORCH_CHECK(
      tensor->dim() >= 2,
      "Fan in and fan out cannot be computed for tensor with fewer than 2 dimensions, got sizes ",
      tensor->sizes());
  int64_t window = 1;
  for (int64_t d = 2; d < tensor->dim(); ++d) window *= tensor->size(d);
  return {tensor->size(1) * window, tensor->size(0) * window};
}
}  // namespace init
}  // namespace nn
}  // namespace torch
