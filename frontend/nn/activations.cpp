// Activations that are smooth, or smooth but for one kink.
#include "frontend/nn/activations.h"

#include <cmath>

#include "frontend/nn/composite.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/pointwise.h"

namespace torch {
using nn::check_floating;
using nn::Composite;
using nn::in_place;
using nn::rounded_once;

// Where a function is chosen by its argument's place, what is not chosen must stay finite, and its
// derivative too: zero times infinity is no gradient.

namespace {
// `positive` and `negative` scale the two sides, `inner` the argument of the exponential; what is
// not given is 1.
using Factor = std::optional<double>;
Tensor elu_with(const Tensor& x, double negative, Factor positive, Factor inner) {
  check_floating(x, "elu_cpu");
  return rounded_once(x, [&](const Tensor& x) {
    const Tensor below = detail::elu(inner ? x * *inner : x) * negative;
    return torch::where(x <= 0, below, positive ? x * *positive : x);
  });
}
Tensor elu_of(const Tensor& x, const Scalar& alpha, const Scalar& scale,
              const Scalar& input_scale) {
  // Unless the program says otherwise a scale is the integer 1.
  auto said = [](const Scalar& s) {
    return s.isIntegral(false) && s.toLong() == 1 ? Factor() : Factor(s.toDouble());
  };
  return elu_with(x, alpha.toDouble() * scale.toDouble(), said(scale), said(input_scale));
}
Tensor celu_of(const Tensor& x, const Scalar& alpha) {
  TORCH_CHECK(alpha.toDouble() != 0, "ZeroDivisionError: alpha cannot be 0 for CELU");
  return elu_with(x, alpha.toDouble(), Factor(), 1 / alpha.toDouble());
}
Tensor selu_of(const Tensor& x) {
  constexpr double alpha = 1.6732632423543772848170429916717,
                   scale = 1.0507009873554804934193349852946;
  return elu_with(x, alpha * scale, scale, Factor());
}
Tensor gelu_of(const Tensor& x, const std::string& approximate) {
  check_floating(x, "GeluKernelImpl");
  const bool by_tanh = approximate == "tanh";
  TORCH_CHECK(by_tanh || approximate == "none",
              "approximate argument must be either none or tanh. (got '", approximate, "')");
  return rounded_once(x, [&](const Tensor& x) {
    if (!by_tanh) return x * 0.5 * ((x * M_SQRT1_2).erf() + 1.0);
    const double k = std::sqrt(2.0 / M_PI);
    const Tensor inner = (x + x * x * x * 0.044715) * k;
    return x * 0.5 * (inner.tanh() + 1.0);
  });
}
// x, without a gradient where what it goes into is flat to the last digit: the gradient times x,
// which may overflow, would be multiplied by 0.
Tensor unless_flat(const Tensor& x) { return torch::where(x.abs() < 1000, x, x.detach()); }

Tensor silu_of(const Tensor& x) {
  check_floating(x, "silu_cpu");
  return rounded_once(x, [](const Tensor& x) { return x * unless_flat(x).sigmoid(); });
}
// Above 20 softplus is the identity to within what tanh can tell.
Tensor mish_of(const Tensor& x) {
  check_floating(x, "mish_cpu");
  return rounded_once(x, [](const Tensor& x) {
    const Tensor inner = unless_flat(x), linear = x > 20;
    const Tensor curved = torch::where(linear, 0, inner).exp().log1p();
    return x * torch::where(linear, inner, curved).tanh();
  });
}
}  // namespace

Tensor elu(In self, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale) {
  Composite composite("elu", "EluBackward0", self.where);
  return elu_of(self, alpha, scale, input_scale);
}
Tensor& elu_(In self, const Scalar& alpha, const Scalar& scale, const Scalar& input_scale) {
  Composite composite("elu_", "EluBackward1", self.where);
  return in_place(self, [&](const Tensor& x) { return elu_of(x, alpha, scale, input_scale); });
}
Tensor celu(In self, const Scalar& alpha) {
  Composite composite("celu", "CeluBackward0", self.where);
  return celu_of(self, alpha);
}
Tensor& celu_(In self, const Scalar& alpha) {
  Composite composite("celu_", "CeluBackward1", self.where);
  return in_place(self, [&](const Tensor& x) { return celu_of(x, alpha); });
}
Tensor selu(In self) {
  Composite composite("selu", "EluBackward0", self.where);
  return selu_of(self);
}
Tensor& selu_(In self) {
  Composite composite("selu_", "EluBackward1", self.where);
  return in_place(self, selu_of);
}
Tensor gelu(In self, const std::string& approximate) {
  Composite composite("gelu", "GeluBackward0", self.where);
  return gelu_of(self, approximate);
}
Tensor& gelu_(In self, const std::string& approximate) {
  Composite composite("gelu_", "GeluBackward0", self.where);
  return in_place(self, [&](const Tensor& x) { return gelu_of(x, approximate); });
}
Tensor silu(In self) {
  Composite composite("silu", "SiluBackward0", self.where);
  return silu_of(self);
}
Tensor& silu_(In self) {
  Composite composite("silu_", "SiluBackward0", self.where);
  return in_place(self, silu_of);
}
Tensor mish(In self) {
  Composite composite("mish", "MishBackward0", self.where);
  return mish_of(self);
}
Tensor& mish_(In self) {
  Composite composite("mish_", "MishBackward0", self.where);
  return in_place(self, mish_of);
}

Tensor glu(In self, int64_t dim) {
  Composite composite("glu", "GluBackward0", self.where);
  const Tensor& x = self;
  TORCH_CHECK(x.dim() > 0, "glu does not support scalars because halving size must be even");
  check_floating(x, "glu_cpu");
  const int64_t wrapped = dim < 0 ? dim + x.dim() : dim, size = x.size(dim);
  TORCH_CHECK(size % 2 == 0, "Halving dimension must be even, but dimension ", wrapped, " is size ",
              size);
  return x.narrow(wrapped, 0, size / 2) * x.narrow(wrapped, size / 2, size / 2).sigmoid();
}
Tensor softplus(In self, const Scalar& beta, const Scalar& threshold) {
  if (const Autocast cast(casts::softplus, {self}); cast.on())
    return softplus(In(cast[0], self.where), beta, threshold);
  Composite composite("softplus", "SoftplusBackward0", self.where);
  const Tensor& x = self;
  check_floating(x, "softplus_cpu");
  return rounded_once(x, [&](const Tensor& x) {
    const Tensor scaled = x * beta.toDouble(), linear = scaled > threshold.toDouble();
    const Tensor curved = torch::where(linear, 0, scaled);
    return torch::where(linear, x, curved.exp().log1p() / beta.toDouble());
  });
}
Tensor log_sigmoid(In self) {
  Composite composite("log_sigmoid", "LogSigmoidBackward0", self.where);
  const Tensor& x = self;
  check_floating(x, "log_sigmoid_cpu");
  return rounded_once(x, [](const Tensor& x) {
    // minimum, not clamp: at 0 its gradient is a half, as that of the whole must be.
    const Tensor zero = torch::scalar_tensor(0, x.options().requires_grad(false));
    return torch::minimum(x, zero) - (-x.abs()).exp().log1p();
  });
}
}  // namespace torch
