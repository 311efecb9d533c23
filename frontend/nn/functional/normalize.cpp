#include "frontend/nn/functional/normalize.h"

#include "frontend/nn/composite.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/windows.h"

namespace torch {
namespace nn {
namespace functional {
Tensor normalize(const Tensor& input, NormalizeFuncOptions options, Location where) {
  Composite composite("normalize", nullptr, where);
  const Tensor norm = input.norm(options.p(), options.dim(), /*keepdim=*/true);
  const Tensor y = input / norm.clamp_min(options.eps());
  return options.out() ? options.out()->copy_(y) : y;
}

Tensor local_response_norm(const Tensor& input, const LocalResponseNormFuncOptions& options,
                           Location where) {
  Composite composite("local_response_norm", nullptr, where);
  TORCH_CHECK(input.dim() >= 3, "Expected 3D or higher dimensionality input (got ", input.dim(),
              " dimensions)");
  const int64_t size = options.size();
  // Windows over channels: (N, 1, C, all other dims).
  const Tensor x = isFloatingType(input.scalar_type()) ? input : input.to(kFloat);
  const Tensor squares = x.square().reshape({input.size(0), 1, input.size(1), -1});
  const Tensor padded = torch::constant_pad_nd(squares, {0, 0, size / 2, (size - 1) / 2});
  const Tensor mean = torch::avg_pool2d(padded, {size, 1}, /*stride=*/1).reshape(input.sizes());
  return x / (mean * options.alpha() + options.k()).pow(options.beta());
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
