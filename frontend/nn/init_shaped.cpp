// Initialisers that are more than a draw for each element.
#include <cmath>
#include <vector>

#include "frontend/nn/init.h"
#include "frontend/nn/init_inside.h"
#include "frontend/record/scan.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace init {
namespace {
double normal_cdf(double x) { return (1 + std::erf(x / std::sqrt(2.0))) / 2; }

// The inverse of erf: Winitzki's approximation, then Halley's steps, each of which triples its
// digits.
Tensor inverse_erf(const Tensor& y) {
  constexpr double a = 0.147;
  const Tensor log = (1 - y.square()).log();
  const Tensor t = log / 2 + 2 / (M_PI * a);
  Tensor x = ((t.square() - log / a).sqrt() - t).sqrt() * y.sign();
  for (int step = 0; step < 2; ++step) {
    const Tensor newton = (x.erf() - y) * (std::sqrt(M_PI) / 2) * x.square().exp();
    x = x - newton / (1 + x * newton);
  }
  return x;
}

// Orthonormal rows that span those of `a`: Gram and Schmidt, each row twice, which is as good as
// rounding allows.
Tensor orthonormal_rows(const Tensor& a) {
  const int64_t rows = a.size(0);
  const Tensor number = torch::arange(rows, a.options().dtype(kLong));
  const record::Scanned all = record::scan(
      {torch::zeros_like(a)}, {a, number}, false,
      [&](const std::vector<Tensor>& states, const std::vector<Tensor>& slices) {
        const Tensor& done = states[0];
        Tensor v = slices[0].unsqueeze(1);
        for (int pass = 0; pass < 2; ++pass) v = v - done.t().matmul(done.matmul(v));
        const Tensor q = (v * v.square().sum().rsqrt()).t();
        const Tensor here = (number == slices[1]).unsqueeze(1);
        return record::Scanned{{torch::where(here, q, done)}, {}};
      });
  return all.states[0];
}
}  // namespace

Tensor trunc_normal_(In tensor, double mean, double std, double a, double b) {
  const Filling filling(tensor.where);
  const double low = normal_cdf((a - mean) / std), high = normal_cdf((b - mean) / std);
  Tensor u = torch::empty(tensor->sizes(), tensor->options().dtype(kDouble));
  u.uniform_(2 * low - 1, 2 * high - 1);
  const Tensor x = inverse_erf(u) * (std * std::sqrt(2.0)) + mean;
  return tensor->copy_(x.clamp(a, b));
}

Tensor orthogonal_(In tensor, double gain) {
  const Filling filling(tensor.where);
  TORCH_CHECK(tensor->ndimension() >= 2,
              "Only tensors with 2 or more dimensions are supported, got sizes ", tensor->sizes());
  if (tensor->numel() == 0) return tensor.tensor;
  const int64_t rows = tensor->size(0), columns = tensor->numel() / rows;
  const bool wide = rows <= columns;
  const Tensor draws = torch::randn({wide ? rows : columns, wide ? columns : rows}, tensor->options().dtype(kDouble));
  const Tensor q = orthonormal_rows(draws);
  return tensor->copy_((wide ? q : q.t()).reshape(tensor->sizes()) * gain);
}

Tensor sparse_(In tensor, double sparsity, double std) {
  const Filling filling(tensor.where);
  TORCH_CHECK(tensor->ndimension() == 2, "Only tensors with 2 dimensions are supported, got sizes ",
              tensor->sizes());
  const int64_t rows = tensor->size(0), columns = tensor->size(1);
  const int64_t zeros = static_cast<int64_t>(std::ceil(sparsity * static_cast<double>(rows)));
  tensor->normal_(0, std);
  std::vector<Tensor> chosen;
  for (int64_t c = 0; c < columns; ++c) chosen.push_back(torch::randperm(rows, tensor->options().dtype(kLong)).narrow(0, 0, zeros));
  if (columns == 0 || zeros == 0) return tensor.tensor;
  return tensor->scatter_(0, torch::stack(chosen, 1), 0);
}
}  // namespace init
}  // namespace nn
}  // namespace torch
