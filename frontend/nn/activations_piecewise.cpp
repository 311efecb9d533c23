// Activations that are linear between kinks.
#include "frontend/nn/activations.h"

#include <limits>

#include "frontend/nn/composite.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
using nn::check_floating;
using nn::Composite;
using nn::in_place;

namespace {
// A number in the kind of x: bounds of integers are integers.
Scalar alike(const Scalar& s, const Tensor& x) {
  return isFloatingType(x.scalar_type()) ? s : Scalar(s.toLong());
}

Tensor leaky_relu_of(const Tensor& x, const Scalar& slope) {
  check_floating(x, "leaky_relu_cpu");
  return torch::where(x > 0, x, x * slope.toDouble());
}
Tensor rrelu_of(const Tensor& x, const Scalar& lower, const Scalar& upper, bool training) {
  const double low = lower.toDouble(), high = upper.toDouble();
  TORCH_CHECK(low <= high, "Lower bound should be less than or equal to the upper bound");
  if (!training) return leaky_relu_of(x, (low + high) / 2);
  check_floating(x, "rrelu_with_noise_out_cpu");
  const Tensor slope = torch::rand_like(x, TensorOptions().requires_grad(false)) * (high - low) + low;
  return torch::where(x <= 0, x * slope, x);
}
Tensor hardtanh_of(const Tensor& x, const Scalar& min_val, const Scalar& max_val) {
  TORCH_CHECK(x.scalar_type() != kBool, "Bool inputs not supported for hardtanh");
  // Nothing unsigned lies below 0.
  const bool below = x.scalar_type() == kByte && min_val.toDouble() < 0;
  const Scalar min = alike(below ? Scalar(0) : min_val, x), max = alike(max_val, x);
  return torch::where(x <= min, min, torch::where(x >= max, max, x));
}
Tensor hardsigmoid_of(const Tensor& x) {
  check_floating(x, "hardsigmoid_cpu");
  const Tensor outside = torch::where(x <= -3, 0, torch::where(x >= 3, 6, x.detach()));
  return torch::where((x > -3) & (x < 3), x + 3, outside) / 6;
}
Tensor hardswish_of(const Tensor& x) {
  check_floating(x, "hardswish_cpu");
  const Tensor curved = torch::where((x > -3) & (x < 3), x, 0);
  return torch::where(x <= -3, 0, torch::where(x < 3, curved * (curved + 3) / 6, x));
}
Tensor threshold_of(const Tensor& x, const Scalar& threshold, const Scalar& value) {
  TORCH_CHECK_NOT_IMPLEMENTED(x.scalar_type() != kBool,
                              "\"threshold_cpu\" not implemented for 'Bool'");
  return torch::where(x <= threshold, alike(value, x), x);
}
double largest(ScalarType type) {
  switch (type) {
    case kHalf: return 65504;
    case kBFloat16: return 0x1.FEp127;
    case kFloat: return std::numeric_limits<float>::max();
    default: return std::numeric_limits<double>::max();
  }
}
Tensor is_within(const Tensor& x, const Scalar& lambd) {
  return (x >= -lambd) & (x <= lambd);
}
}  // namespace

Tensor leaky_relu(In self, const Scalar& negative_slope) {
  Composite composite("leaky_relu", "LeakyReluBackward0", self.where);
  return leaky_relu_of(self, negative_slope);
}
Tensor& leaky_relu_(In self, const Scalar& negative_slope) {
  Composite composite("leaky_relu_", "LeakyReluBackward1", self.where);
  return in_place(self, [&](const Tensor& x) { return leaky_relu_of(x, negative_slope); });
}
Tensor rrelu(In self, const Scalar& lower, const Scalar& upper, bool training) {
  Composite composite("rrelu", "RreluWithNoiseBackward0", self.where);
  return rrelu_of(self, lower, upper, training);
}
Tensor& rrelu_(In self, const Scalar& lower, const Scalar& upper, bool training) {
  Composite composite("rrelu_", "RreluWithNoiseBackward1", self.where);
  return in_place(self, [&](const Tensor& x) { return rrelu_of(x, lower, upper, training); });
}
Tensor hardtanh(In self, const Scalar& min_val, const Scalar& max_val) {
  Composite composite("hardtanh", "HardtanhBackward0", self.where);
  return hardtanh_of(self, min_val, max_val);
}
Tensor& hardtanh_(In self, const Scalar& min_val, const Scalar& max_val) {
  Composite composite("hardtanh_", "HardtanhBackward0", self.where);
  return in_place(self, [&](const Tensor& x) { return hardtanh_of(x, min_val, max_val); });
}
Tensor relu6(In self) { return hardtanh(self, 0, 6); }
Tensor& relu6_(In self) { return hardtanh_(self, 0, 6); }
Tensor hardsigmoid(In self) {
  Composite composite("hardsigmoid", "HardsigmoidBackward0", self.where);
  return hardsigmoid_of(self);
}
Tensor& hardsigmoid_(In self) {
  Composite composite("hardsigmoid_", "HardsigmoidBackward0", self.where);
  return in_place(self, hardsigmoid_of);
}
Tensor hardswish(In self) {
  Composite composite("hardswish", "HardswishBackward0", self.where);
  return hardswish_of(self);
}
Tensor& hardswish_(In self) {
  Composite composite("hardswish_", "HardswishBackward0", self.where);
  return in_place(self, hardswish_of);
}
Tensor threshold(In self, const Scalar& threshold, const Scalar& value) {
  Composite composite("threshold", "ThresholdBackward0", self.where);
  return threshold_of(self, threshold, value);
}
Tensor& threshold_(In self, const Scalar& threshold, const Scalar& value) {
  Composite composite("threshold_", "ThresholdBackward1", self.where);
  return in_place(self, [&](const Tensor& x) { return threshold_of(x, threshold, value); });
}

Tensor hardshrink(In self, const Scalar& lambd) {
  Composite composite("hardshrink", "HardshrinkBackward0", self.where);
  check_floating(self, "hardshrink_cpu");
  return torch::where(is_within(self, lambd), 0, self);
}
Tensor Tensor::hardshrink(const Scalar& lambd, Location where) const {
  return torch::hardshrink(In(*this, where), lambd);
}
Tensor softshrink(In self, const Scalar& lambd) {
  Composite composite("softshrink", "SoftshrinkBackward0", self.where);
  const Tensor& x = self;
  check_floating(x, "softshrink_check");
  const double most = largest(x.scalar_type());
  TORCH_CHECK(lambd.toDouble() >= 0 && lambd.toDouble() <= most, "lambda must be in range [0, ",
              most, "] for input dtype ", x.scalar_type(), ", but found ", lambd.toDouble());
  return torch::where(is_within(x, lambd), 0, torch::where(x > lambd, x - lambd, x + lambd));
}
Tensor prelu(In self, const Tensor& weight) {
  if (const Autocast cast(casts::prelu, {self, weight}); cast.on())
    return prelu(In(cast[0], self.where), cast[1]);
  Composite composite("prelu", "PreluKernelBackward0", self.where);
  const Tensor& x = self;
  TORCH_CHECK(x.defined() && weight.defined(), "prelu: input and weight should be defined");
  TORCH_CHECK(x.scalar_type() == weight.scalar_type(), "prelu: Type promoting not supported. Got ",
              x.scalar_type(), " and ", weight.scalar_type());
  check_floating(x, "prelu_cpu");
  const int64_t slopes = weight.numel();
  if (slopes != 1) {
    TORCH_CHECK(x.dim() > 0, "Not allow zero-dim input tensor.");
    const int64_t channels = x.dim() > 1 ? x.size(1) : 1;
    TORCH_CHECK(channels == slopes,
                "Mismatch of parameter numbers and input channel size. Found parameter numbers = ",
                slopes, " and channel size = ", channels, ".");
  }
  TORCH_CHECK(weight.dim() <= 1,
              "prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = ",
              weight.dim());
  std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
  if (x.dim() > 1) shape[1] = slopes;
  const Tensor negative = torch::where(x > 0, 0, x);
  return torch::where(x > 0, x, negative * weight.reshape(shape));
}
Tensor Tensor::prelu(const Tensor& weight, Location where) const {
  return torch::prelu(In(*this, where), weight);
}
}  // namespace torch
