#include "frontend/nn/composite.h"
#include "frontend/nn/functional/linear.h"
#include "frontend/nn/functional/normalization.h"
#include "frontend/nn/functions.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace functional {

Tensor linear(const Tensor& input, const Tensor& weight, const Tensor& bias, Location where) {
  return torch::linear(In(input, where), weight, bias);
}

Tensor bilinear(const Tensor& input1, const Tensor& input2, const Tensor& weight,
                const Tensor& bias, Location where) {
  return torch::bilinear(In(input1, where), input2, weight, bias);
}

Tensor batch_norm(const Tensor& input, const Tensor& running_mean, const Tensor& running_var,
                  const BatchNormFuncOptions& options, Location where) {
  record::Call call(where);
  if (options.training()) {
    const IntArrayRef sizes = input.sizes();
    int64_t values = sizes.empty() ? 1 : sizes[0];
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
}  // namespace functional
}  // namespace nn
}  // namespace torch
