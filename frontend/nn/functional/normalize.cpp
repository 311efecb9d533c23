#include "frontend/nn/functional/normalize.h"

#include "frontend/nn/composite.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace functional {
Tensor normalize(const Tensor& input, NormalizeFuncOptions options, Location where) {
  Composite composite("normalize", nullptr, where);
  const Tensor norm = input.norm(options.p(), options.dim(), /*keepdim=*/true);
  const Tensor y = input / norm.clamp_min(options.eps());
  return options.out() ? options.out()->copy_(y) : y;
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
