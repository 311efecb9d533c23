#include "frontend/nn/functional/linear.h"

#include "frontend/nn/bilinear.h"

namespace torch {
namespace nn {
namespace functional {
Tensor bilinear(const Tensor& input1, const Tensor& input2, const Tensor& weight,
                const Tensor& bias, Location where) {
  return torch::bilinear(In(input1, where), input2, weight, bias);
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
