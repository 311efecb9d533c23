#include "frontend/nn/composite.h"
#include "frontend/nn/functional/linear.h"
#include "frontend/nn/functions.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace functional {

Tensor linear(const Tensor& input, const Tensor& weight, const Tensor& bias, Location where) {
  return torch::linear(In(input, where), weight, bias);
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
