#include "frontend/nn/functions.h"

#include <cmath>

#include "frontend/nn/composite.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
using nn::Composite;

Tensor linear(In input, const Tensor& weight, const std::optional<Tensor>& bias) {
  Composite composite("linear", "AddmmBackward0", input.where);
  const Tensor& x = input;
  // libtorch multiplies by the transposed weight and names these shapes in its message.
  const bool fits = weight.dim() <= 2 && x.dim() > 0 && x.size(-1) == weight.size(-1);
  if (!fits && weight.dim() == 2 && x.dim() > 0) {
    const int64_t rows = x.numel() / std::max<int64_t>(x.size(-1), 1);
    TORCH_CHECK(false, "mat1 and mat2 shapes cannot be multiplied (", rows, "x", x.size(-1),
                " and ", weight.size(1), "x", weight.size(0), ")");
  }
  Tensor y = x.matmul(weight.dim() == 2 ? weight.t() : weight);
  return nn::given(bias) ? y + *bias : y;
}

Tensor gelu(In self, const std::string& approximate) {
  Composite composite("gelu", "GeluBackward0", self.where);
  const Tensor& x = self;
  if (approximate == "tanh") {
    const double k = std::sqrt(2.0 / M_PI);
    Tensor inner = (x + x * x * x * 0.044715) * k;
    return x * 0.5 * (inner.tanh() + 1.0);
  }
  TORCH_CHECK(approximate == "none", "approximate argument must be either none or tanh.");
  return x * 0.5 * ((x * M_SQRT1_2).erf() + 1.0);
}

Tensor leaky_relu(In self, const Scalar& negative_slope) {
  Composite composite("leaky_relu", "LeakyReluBackward0", self.where);
  const Tensor& x = self;
  return torch::where(x > 0, x, x * negative_slope);
}

Tensor log_sigmoid(In self) {
  Composite composite("log_sigmoid", "LogSigmoidBackward0", self.where);
  const Tensor& x = self;
  // minimum, not clamp: at 0 its gradient is a half, as that of the whole must be.
  const Tensor zero = torch::scalar_tensor(0, x.options().requires_grad(false));
  return torch::minimum(x, zero) - (-x.abs()).exp().log1p();
}
}  // namespace torch
