#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/composite.h"
#include "frontend/nn/functions.h"
#include "frontend/nn/norms.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
using nn::Composite;
using nn::given;
using nn::narrowed;
using nn::widened;

namespace {
// Statistics over some dims of a tensor, which keep their place; of f16 and bf16 in f32.
struct Moments {
  Moments(const Tensor& input, IntArrayRef dims) : Moments(dims, widened(input)) {}
  Moments(IntArrayRef dims, const Tensor& x)
      : mean(x.mean(dims, /*keepdim=*/true)),
        centered(x - mean),
        variance(centered.square().mean(dims, /*keepdim=*/true)) {}
  Tensor normalized(double eps) const { return centered * (variance + eps).rsqrt(); }
  Tensor mean, centered, variance;
};
Tensor affine(Tensor y, const std::optional<Tensor>& weight, const std::optional<Tensor>& bias) {
  if (given(weight)) y = y * *weight;
  return given(bias) ? y + *bias : y;
}
// Half-precision inputs may have parameters of single precision.
void check_types(const char* name, const Tensor& x,
                 std::initializer_list<const std::optional<Tensor>*> parameters) {
  const ScalarType type = x.scalar_type();
  TORCH_CHECK(x.is_floating_point(), '"', name, "\" not implemented for '", type, "'");
  const bool half = type == kHalf || type == kBFloat16;
  for (const auto* parameter : parameters)
    if (given(*parameter) && (*parameter)->scalar_type() != type)
      TORCH_CHECK(half && (*parameter)->scalar_type() == kFloat,
                  "mixed dtype (CPU): all inputs must share same datatype. Got an input of type ",
                  type, " and a parameter of type ", (*parameter)->scalar_type());
}
// A vector with a number a channel, so that it broadcasts along dim 1 of a `rank`-dim tensor.
Tensor along_channels(const Tensor& channel, int64_t rank) {
  std::vector<int64_t> shape(static_cast<size_t>(rank), 1);
  shape[1] = channel.numel();
  return channel.reshape(shape);
}
std::optional<Tensor> along_channels(const std::optional<Tensor>& channel, int64_t rank) {
  if (!given(channel)) return std::nullopt;
  return along_channels(*channel, rank);
}
}  // namespace

Tensor layer_norm(In input, IntArrayRef normalized_shape, const std::optional<Tensor>& weight,
                  const std::optional<Tensor>& bias, double eps, bool) {
  if (const Autocast cast(casts::layer_norm, {input, weight, bias}); cast.on())
    return layer_norm(In(cast[0], input.where), normalized_shape, cast[1], cast[2], eps);
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
  check_types("LayerNormKernelImpl", x, {&weight, &bias});
  const Tensor y = Moments(x, dims).normalized(eps);
  return narrowed(affine(y, weight, bias), x);
}

namespace {
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
  const int64_t channels = x.size(1);
  check_channels("running_mean", running_mean, channels);
  check_channels("running_var", running_var, channels);
  check_channels("weight", weight, channels);
  check_channels("bias", bias, channels);
  TORCH_CHECK(training || given(running_mean), "running_mean must be defined in evaluation mode");
  TORCH_CHECK(training || given(running_var), "running_var must be defined in evaluation mode");
  check_types("batch_norm", x, {&weight, &bias, &running_mean, &running_var});

  Tensor centered, variance;
  if (training) {
    std::vector<int64_t> dims{0};
    for (int64_t d = 2; d < x.dim(); ++d) dims.push_back(d);
    const Moments moments(x, dims);
    centered = moments.centered;
    variance = moments.variance;
    const double count =
        static_cast<double>(x.numel()) / static_cast<double>(std::max<int64_t>(channels, 1));
    // A batch of nothing has no statistics.
    if (count > 0 && given(running_mean))
      update_running(*running_mean, moments.mean.reshape({channels}), 1, momentum);
    // The running variance is the unbiased one.
    if (count > 0 && given(running_var))
      update_running(*running_var, variance.reshape({channels}), count / (count - 1), momentum);
  } else {
    centered = widened(x) - along_channels(*running_mean, x.dim());
    variance = widened(along_channels(*running_var, x.dim()));
  }
  Tensor scale = (variance + eps).rsqrt();
  if (given(weight)) scale = scale * along_channels(*weight, x.dim());
  return narrowed(affine(centered * scale, std::nullopt, along_channels(bias, x.dim())), x);
}

Tensor instance_norm(In input, const std::optional<Tensor>& weight,
                     const std::optional<Tensor>& bias, const std::optional<Tensor>& running_mean,
                     const std::optional<Tensor>& running_var, bool use_input_stats,
                     double momentum, double eps, bool) {
  if (!use_input_stats) {
    record::Call call(input.where);
    TORCH_CHECK(given(running_mean) && given(running_var),
                "Expected running_mean and running_var to be defined when use_input_stats is "
                "false");
    return torch::batch_norm(input, weight, bias, running_mean, running_var, false, momentum, eps);
  }
  Composite composite("instance_norm", "NativeBatchNormBackward0", input.where);
  const Tensor& x = input;
  const int64_t channels = x.size(1);
  check_channels("running_mean", running_mean, channels);
  check_channels("running_var", running_var, channels);
  check_channels("weight", weight, channels);
  check_channels("bias", bias, channels);
  check_types("batch_norm", x, {&weight, &bias, &running_mean, &running_var});
  std::vector<int64_t> dims;
  for (int64_t d = 2; d < x.dim(); ++d) dims.push_back(d);
  // Without spatial dims, each element is all there is of its channel.
  const Tensor planes = dims.empty() ? x.unsqueeze(-1) : x;
  if (dims.empty()) dims.push_back(2);
  const Moments moments(planes, dims);
  const double count = static_cast<double>(x.numel()) /
                       static_cast<double>(std::max<int64_t>(x.size(0) * channels, 1));
  const auto of_channels = [&](const Tensor& moment) {
    return moment.reshape({x.size(0), channels}).mean(0);
  };
  if (count > 0 && given(running_mean))
    update_running(*running_mean, of_channels(moments.mean), 1, momentum);
  if (count > 0 && given(running_var))
    update_running(*running_var, of_channels(moments.variance), count / (count - 1), momentum);
  const Tensor y = affine(moments.normalized(eps).reshape(x.sizes()),
                          along_channels(weight, x.dim()), along_channels(bias, x.dim()));
  return narrowed(y, x);
}

Tensor group_norm(In input, int64_t num_groups, const std::optional<Tensor>& weight,
                  const std::optional<Tensor>& bias, double eps, bool) {
  if (const Autocast cast(casts::group_norm, {input, weight, bias}); cast.on())
    return group_norm(In(cast[0], input.where), num_groups, cast[1], cast[2], eps);
  Composite composite("group_norm", "NativeGroupNormBackward0", input.where);
  const Tensor& x = input;
  const int64_t channels = x.size(1);
  TORCH_CHECK(num_groups > 0, "Expected num groups to be greater than 0, got ", num_groups);
  TORCH_CHECK(channels % num_groups == 0,
              "Expected number of channels in input to be divisible by num_groups, but got input "
              "of shape ",
              x.sizes(), " and num_groups=", num_groups);
  TORCH_CHECK(channels > 0, "Expected number of channels to be greater than 0, got ", channels);
  TORCH_CHECK(x.numel() != 0 || x.size(0) == 0, "Expected HxW to be greater than 0, got 0");
  const auto check = [&](const char* name, const std::optional<Tensor>& parameter) {
    TORCH_CHECK(!given(parameter) || (parameter->dim() == 1 && parameter->numel() == channels),
                "Expected ", name,
                " to be a vector of size equal to the number of channels in input, but got ", name,
                " of shape ", given(parameter) ? parameter->sizes() : IntArrayRef(),
                " and input of shape ", x.sizes());
  };
  check("weight", weight);
  check("bias", bias);
  check_types("GroupNormKernelImpl", x, {&weight, &bias});
  const int64_t each = x.numel() / std::max<int64_t>(x.size(0) * num_groups, 1);
  const Tensor y = Moments(x.reshape({x.size(0), num_groups, each}), 2).normalized(eps);
  return narrowed(
      affine(y.reshape(x.sizes()), along_channels(weight, x.dim()), along_channels(bias, x.dim())),
      x);
}
}  // namespace torch
