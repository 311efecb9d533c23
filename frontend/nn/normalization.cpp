#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/composite.h"
#include "frontend/nn/functions.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
using nn::Composite;
using nn::given;

Tensor layer_norm(In input, IntArrayRef normalized_shape, const std::optional<Tensor>& weight,
                  const std::optional<Tensor>& bias, double eps, bool) {
  Composite composite("layer_norm", "NativeLayerNormBackward0", input.where);
  const Tensor& x = input;
  const int64_t normalized = static_cast<int64_t>(normalized_shape.size());
  TORCH_CHECK(
      normalized >= 1,
      "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one "
      "element, but got normalized_shape = ",
      normalized_shape);
  TORCH_CHECK(!given(weight) || weight->sizes() == normalized_shape,
              "Expected weight to be of same shape as "
              "normalized_shape, but got weight of shape ",
              weight->sizes(), " and normalized_shape = ", normalized_shape);
  TORCH_CHECK(!given(bias) || bias->sizes() == normalized_shape,
              "Expected bias to be of same shape as "
              "normalized_shape, but got bias of shape ",
              bias->sizes(), " and normalized_shape = ", normalized_shape);
  std::vector<int64_t> dims;
  bool fits = x.dim() >= normalized;
  for (int64_t i = 0; fits && i < normalized; ++i) {
    dims.push_back(x.dim() - normalized + i);
    fits = x.size(dims.back()) == normalized_shape[static_cast<size_t>(i)];
  }
  if (!fits) {
    std::string expected = "[*";
    for (int64_t size : normalized_shape) expected += ", " + std::to_string(size);
    TORCH_CHECK(false, "Given normalized_shape=", normalized_shape, ", expected input with shape ",
                expected, "], but got input of size", x.sizes());
  }
  Tensor centered = x - x.mean(dims, /*keepdim=*/true);
  Tensor variance = centered.square().mean(dims, /*keepdim=*/true);
  Tensor y = centered * (variance + eps).rsqrt();
  if (given(weight)) y = y * *weight;
  return given(bias) ? y + *bias : y;
}

namespace {
// A per-channel vector so that it broadcasts along dim 1 of a `rank`-dim tensor.
Tensor along_channels(const Tensor& channel, int64_t rank) {
  std::vector<int64_t> shape(static_cast<size_t>(rank), 1);
  shape[1] = channel.numel();
  return channel.reshape(shape);
}
void check_channels(const char* name, const std::optional<Tensor>& tensor, int64_t channels) {
  TORCH_CHECK(!given(tensor) || tensor->numel() == channels, name, " should contain ", channels,
              " elements not ", given(tensor) ? tensor->numel() : 0);
}
void update_running(const Tensor& running, const Tensor& batch, double scale, double momentum) {
  NoGradGuard no_grad;
  Tensor update = batch.detach().to(running.scalar_type());
  running.copy_(running * (1 - momentum) + update * (scale * momentum));
}
}  // namespace

Tensor batch_norm(In input, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias,
                  const std::optional<Tensor>& running_mean,
                  const std::optional<Tensor>& running_var, bool training, double momentum,
                  double eps, bool) {
  Composite composite("batch_norm", "NativeBatchNormBackward0", input.where);
  const Tensor& x = input;
  TORCH_CHECK(x.dim() >= 2,
              "batch_norm: expected an input of 2 or more dims (batch, channels, ...), got ",
              x.dim());
  const int64_t channels = x.size(1);
  check_channels("running_mean", running_mean, channels);
  check_channels("running_var", running_var, channels);
  check_channels("weight", weight, channels);
  check_channels("bias", bias, channels);
  TORCH_CHECK(training || (given(running_mean) && given(running_var)),
              "running_mean and running_var must be defined in evaluation mode");

  Tensor centered, variance;
  if (training) {
    std::vector<int64_t> dims;
    for (int64_t d = 0; d < x.dim(); ++d)
      if (d != 1) dims.push_back(d);
    Tensor mean = x.mean(dims, /*keepdim=*/true);
    centered = x - mean;
    variance = centered.square().mean(dims, /*keepdim=*/true);
    const double count =
        static_cast<double>(x.numel()) / static_cast<double>(std::max<int64_t>(channels, 1));
    // A batch of nothing has no statistics.
    if (count > 0 && given(running_mean))
      update_running(*running_mean, mean.reshape({channels}), 1, momentum);
    // The running variance is the unbiased one.
    if (count > 0 && given(running_var))
      update_running(*running_var, variance.reshape({channels}), count / (count - 1), momentum);
  } else {
    centered = x - along_channels(*running_mean, x.dim());
    variance = along_channels(*running_var, x.dim());
  }
  Tensor scale = (variance + eps).rsqrt();
  if (given(weight)) scale = scale * along_channels(*weight, x.dim());
  Tensor y = centered * scale;
  return given(bias) ? y + along_channels(*bias, x.dim()) : y;
}
}  // namespace torch
