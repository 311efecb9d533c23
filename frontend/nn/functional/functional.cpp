#include "frontend/nn/composite.h"
#include "frontend/nn/functional/activation.h"
#include "frontend/nn/functional/dropout.h"
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

Tensor relu(Tensor input, const ReLUFuncOptions& options, Location where) {
  return options.inplace() ? torch::relu_(In(input, where)) : torch::relu(In(input, where));
}
Tensor leaky_relu(Tensor input, const LeakyReLUFuncOptions& options, Location where) {
  Tensor y = torch::leaky_relu(In(input, where), options.negative_slope());
  return options.inplace() ? input.copy_(y, false, where) : y;
}
Tensor gelu(const Tensor& input, const GELUFuncOptions& options, Location where) {
  return torch::gelu(In(input, where), options.approximate());
}
Tensor logsigmoid(const Tensor& input, Location where) {
  return torch::log_sigmoid(In(input, where));
}
Tensor softmax(const Tensor& input, const SoftmaxFuncOptions& options, Location where) {
  return torch::softmax(In(input, where), options.dim(), options.dtype());
}
Tensor log_softmax(const Tensor& input, const LogSoftmaxFuncOptions& options, Location where) {
  return torch::log_softmax(In(input, where), options.dim(), options.dtype());
}

Tensor dropout(Tensor input, const DropoutFuncOptions& options, Location where) {
  record::Call call(where);
  TORCH_CHECK(options.p() >= 0. && options.p() <= 1.,
              "dropout probability has to be between 0 and 1, but got ", options.p());
  if (options.inplace()) return torch::dropout_(input, options.p(), options.training());
  return torch::dropout(In(input, where), options.p(), options.training());
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
