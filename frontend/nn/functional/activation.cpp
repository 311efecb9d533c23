#include "frontend/nn/functional/activation.h"

#include "frontend/nn/activations.h"
#include "frontend/nn/composite.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace functional {

// The torch:: function with these arguments, or its in-place form.
#define WEFT_IN_PLACE(f, Options, ...)                                                \
  Tensor f(Tensor input, const Options& options, Location where) {                    \
    if (options.inplace()) return torch::f##_(In(input, where), ##__VA_ARGS__);       \
    return torch::f(In(input, where), ##__VA_ARGS__);                                 \
  }
WEFT_IN_PLACE(elu, ELUFuncOptions, options.alpha())
WEFT_IN_PLACE(selu, SELUFuncOptions)
WEFT_IN_PLACE(celu, CELUFuncOptions, options.alpha())
WEFT_IN_PLACE(relu, ReLUFuncOptions)
WEFT_IN_PLACE(relu6, ReLU6FuncOptions)
WEFT_IN_PLACE(leaky_relu, LeakyReLUFuncOptions, options.negative_slope())
WEFT_IN_PLACE(rrelu, RReLUFuncOptions, options.lower(), options.upper(), options.training())
WEFT_IN_PLACE(hardtanh, HardtanhFuncOptions, options.min_val(), options.max_val())
WEFT_IN_PLACE(threshold, ThresholdFuncOptions, options.threshold(), options.value())
#undef WEFT_IN_PLACE

#define WEFT_FRESH(f, Options, ...)                                       \
  Tensor f(const Tensor& input, const Options& options, Location where) { \
    return torch::f(In(input, where), __VA_ARGS__);                       \
  }
WEFT_FRESH(gelu, GELUFuncOptions, options.approximate())
WEFT_FRESH(glu, GLUFuncOptions, options.dim())
WEFT_FRESH(hardshrink, HardshrinkFuncOptions, options.lambda())
WEFT_FRESH(softshrink, SoftshrinkFuncOptions, options.lambda())
WEFT_FRESH(softplus, SoftplusFuncOptions, options.beta(), options.threshold())
WEFT_FRESH(softmax, SoftmaxFuncOptions, options.dim(), options.dtype())
WEFT_FRESH(log_softmax, LogSoftmaxFuncOptions, options.dim(), options.dtype())
#undef WEFT_FRESH

Tensor silu(const Tensor& input, Location where) { return torch::silu(In(input, where)); }
Tensor mish(const Tensor& input, Location where) { return torch::mish(In(input, where)); }
Tensor logsigmoid(const Tensor& input, Location where) {
  return torch::log_sigmoid(In(input, where));
}
Tensor prelu(const Tensor& input, const Tensor& weight, Location where) {
  return torch::prelu(In(input, where), weight);
}
Tensor softsign(const Tensor& input, Location where) {
  Composite composite("softsign", nullptr, where);
  return input / (input.abs() + 1);
}
Tensor tanhshrink(const Tensor& input, Location where) {
  Composite composite("tanhshrink", nullptr, where);
  return input - input.tanh();
}
Tensor softmin(const Tensor& input, const SoftminFuncOptions& options, Location where) {
  Composite composite("softmin", nullptr, where);
  return (-input).softmax(options.dim(), options.dtype());
}
Tensor gumbel_softmax(const Tensor& input, const GumbelSoftmaxFuncOptions& options,
                      Location where) {
  Composite composite("gumbel_softmax", nullptr, where);
  const Tensor noise =
      -torch::empty_like(input, TensorOptions().requires_grad(false)).exponential_().log();
  const Tensor soft = ((input + noise) / options.tau()).softmax(options.dim());
  if (!options.hard()) return soft;
  const Tensor largest = soft.argmax(options.dim(), /*keepdim=*/true);
  const Tensor hard = torch::zeros_like(soft.detach()).scatter(options.dim(), largest, 1.0);
  return hard - soft.detach() + soft;
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
