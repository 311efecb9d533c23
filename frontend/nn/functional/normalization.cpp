#include "frontend/nn/functional/normalization.h"

#include "frontend/nn/composite.h"
#include "frontend/nn/functions.h"
#include "frontend/nn/norms.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/windows.h"

namespace torch {
namespace nn {
namespace functional {

Tensor batch_norm(const Tensor& input, const Tensor& running_mean, const Tensor& running_var,
                  const BatchNormFuncOptions& options, Location where) {
  record::Call call(where);
  TORCH_CHECK(input.dim() >= 2, "Expected at least 2 input dimensions, but got ", input.dim());
  if (options.training()) {
    const IntArrayRef sizes = input.sizes();
    int64_t values = sizes[0];
    for (size_t d = 2; d < sizes.size(); ++d) values *= sizes[d];
    TORCH_CHECK(values != 1,
                "Expected more than 1 value per channel when training, got input size ", sizes);
  }
  return torch::batch_norm(In(input, where), options.weight(), options.bias(), running_mean,
                           running_var, options.training(), options.momentum(), options.eps());
}
Tensor layer_norm(const Tensor& input, const LayerNormFuncOptions& options, Location where) {
  return torch::layer_norm(In(input, where), options.normalized_shape(), options.weight(),
                           options.bias(), options.eps());
}
Tensor instance_norm(const Tensor& input, const InstanceNormFuncOptions& options, Location where) {
  return torch::instance_norm(In(input, where), options.weight(), options.bias(),
                              options.running_mean(), options.running_var(),
                              options.use_input_stats(), options.momentum(), options.eps());
}
Tensor group_norm(const Tensor& input, const GroupNormFuncOptions& options, Location where) {
  return torch::group_norm(In(input, where), options.num_groups(), options.weight(), options.bias(),
                           options.eps());
}
Tensor local_response_norm(const Tensor& input, const LocalResponseNormFuncOptions& o,
                           Location where) {
  Composite composite("local_response_norm", nullptr, where);
  TORCH_CHECK(input.dim() >= 3, "Expected 3D or higher dimensionality input (got ", input.dim(),
              " dimensions)");
  // (N, 1, C, rest): windows along C, with zeros on both sides
  const Tensor squares = (input * input).flatten(2).unsqueeze(1);
  const Tensor padded = torch::constant_pad_nd(squares, {0, 0, o.size() / 2, (o.size() - 1) / 2});
  const Tensor mean = torch::avg_pool2d(padded, {o.size(), 1}, {1, 1}).reshape(input.sizes());
  return input / (mean * o.alpha() + o.k()).pow(o.beta());
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
