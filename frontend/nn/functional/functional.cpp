#include "frontend/nn/composite.h"
#include "frontend/nn/functional/activation.h"
#include "frontend/nn/functional/linear.h"
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
}  // namespace functional
}  // namespace nn
}  // namespace torch
