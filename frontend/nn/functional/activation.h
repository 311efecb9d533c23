#pragma once
#include "frontend/nn/options/activation.h"

namespace torch {
namespace nn {
namespace functional {
// What each computes is said at the torch:: function of its name (activations.h).
#define WEFT_WHERE_LAST Location where = Location::current()
#define WEFT_ACTIVATION(f, Input, Options) \
  Tensor f(Input input, const Options& options = {}, WEFT_WHERE_LAST);
WEFT_ACTIVATION(elu, Tensor, ELUFuncOptions)
WEFT_ACTIVATION(selu, Tensor, SELUFuncOptions)
WEFT_ACTIVATION(celu, Tensor, CELUFuncOptions)
WEFT_ACTIVATION(relu, Tensor, ReLUFuncOptions)
WEFT_ACTIVATION(relu6, Tensor, ReLU6FuncOptions)
WEFT_ACTIVATION(leaky_relu, Tensor, LeakyReLUFuncOptions)
WEFT_ACTIVATION(rrelu, Tensor, RReLUFuncOptions)
WEFT_ACTIVATION(hardtanh, Tensor, HardtanhFuncOptions)
WEFT_ACTIVATION(gelu, const Tensor&, GELUFuncOptions)
WEFT_ACTIVATION(glu, const Tensor&, GLUFuncOptions)
WEFT_ACTIVATION(hardshrink, const Tensor&, HardshrinkFuncOptions)
WEFT_ACTIVATION(softshrink, const Tensor&, SoftshrinkFuncOptions)
WEFT_ACTIVATION(softplus, const Tensor&, SoftplusFuncOptions)
/// softmax of logits with Gumbel noise, over a temperature: a sample of the classes. If hard, one
/// at the largest and zeros elsewhere, with the gradient of the soft sample.
WEFT_ACTIVATION(gumbel_softmax, const Tensor&, GumbelSoftmaxFuncOptions)
#undef WEFT_ACTIVATION
Tensor threshold(Tensor input, const ThresholdFuncOptions& options, WEFT_WHERE_LAST);
Tensor silu(const Tensor& input, WEFT_WHERE_LAST);
Tensor mish(const Tensor& input, WEFT_WHERE_LAST);
Tensor logsigmoid(const Tensor& input, WEFT_WHERE_LAST);
/// x / (1 + |x|).
Tensor softsign(const Tensor& input, WEFT_WHERE_LAST);
/// x - tanh(x).
Tensor tanhshrink(const Tensor& input, WEFT_WHERE_LAST);
Tensor prelu(const Tensor& input, const Tensor& weight, WEFT_WHERE_LAST);
/// exp(x) over its sum along the dim; options.dtype converts the input first.
Tensor softmax(const Tensor& input, const SoftmaxFuncOptions& options, WEFT_WHERE_LAST);
/// softmax of -x.
Tensor softmin(const Tensor& input, const SoftminFuncOptions& options, WEFT_WHERE_LAST);
Tensor log_softmax(const Tensor& input, const LogSoftmaxFuncOptions& options, WEFT_WHERE_LAST);
#undef WEFT_WHERE_LAST
}  // namespace functional
}  // namespace nn
}  // namespace torch
