#include "frontend/nn/modules/activation.h"

#include <ostream>

#include "frontend/nn/activations.h"
#include "frontend/nn/functional/activation.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {

#define WEFT_ACTIVATION(Name, function)                             \
  void Name##Impl::pretty_print(std::ostream& stream) const {       \
    stream << "torch::nn::" #Name "()";                             \
  }                                                                 \
  Tensor Name##Impl::forward(const Tensor& input, Location where) { \
    Forward forward(*this, where);                                  \
    return function(input);                                         \
  }
WEFT_ACTIVATION(Sigmoid, torch::sigmoid)
WEFT_ACTIVATION(Tanh, torch::tanh)
WEFT_ACTIVATION(LogSigmoid, functional::logsigmoid)
WEFT_ACTIVATION(SiLU, functional::silu)
WEFT_ACTIVATION(Mish, functional::mish)
WEFT_ACTIVATION(Softsign, functional::softsign)
WEFT_ACTIVATION(Tanhshrink, functional::tanhshrink)
#undef WEFT_ACTIVATION
void Softmax2dImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Softmax2d()";
}
Tensor Softmax2dImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  TORCH_CHECK(input.dim() == 4 || input.dim() == 3,
              "Softmax2d requires a 3D or 4D tensor as input, got sizes ", input.sizes());
  return functional::softmax(input, /*dim=*/-3);
}

// What the options say, printed; and the functional of that name.
#define WEFT_ACTIVATION(Name, function, Input, call, ...)                                \
  Name##Impl::Name##Impl(const Name##Options& options_) : options(options_) { reset(); } \
  void Name##Impl::pretty_print(std::ostream& stream) const {                            \
    stream << "torch::nn::" #Name "(" << __VA_ARGS__ << ")";                             \
  }                                                                                      \
  Tensor Name##Impl::forward(Input input, Location where) {                              \
    Forward forward(*this, where);                                                       \
    return functional::function(input, call);                                            \
  }
namespace {
template <class Options>
const char* alone(const Options& options) {
  return options.inplace() ? "inplace=true" : "";
}
template <class Options>
const char* after(const Options& options) {
  return options.inplace() ? ", inplace=true" : "";
}
functional::RReLUFuncOptions func_options(const RReLUOptions& options, bool training) {
  return functional::RReLUFuncOptions()
      .lower(options.lower())
      .upper(options.upper())
      .training(training)
      .inplace(options.inplace());
}
}  // namespace
WEFT_ACTIVATION(ReLU, relu, Tensor, options, alone(options))
WEFT_ACTIVATION(ReLU6, relu6, Tensor, options, alone(options))
WEFT_ACTIVATION(SELU, selu, Tensor, options, alone(options))
WEFT_ACTIVATION(ELU, elu, Tensor, options, "alpha=" << options.alpha() << after(options))
WEFT_ACTIVATION(CELU, celu, Tensor, options, "alpha=" << options.alpha() << after(options))
WEFT_ACTIVATION(LeakyReLU, leaky_relu, Tensor, options,
                "negative_slope=" << options.negative_slope() << after(options))
WEFT_ACTIVATION(RReLU, rrelu, Tensor, func_options(options, is_training()),
                "lower=" << options.lower() << ", upper=" << options.upper() << after(options))
WEFT_ACTIVATION(Hardtanh, hardtanh, Tensor, options,
                "min_val=" << options.min_val() << ", max_val=" << options.max_val()
                           << after(options))
WEFT_ACTIVATION(Threshold, threshold, Tensor, options,
                "threshold=" << options.threshold() << ", value=" << options.value()
                             << after(options))
WEFT_ACTIVATION(GELU, gelu, const Tensor&, options, "")
WEFT_ACTIVATION(GLU, glu, const Tensor&, options, "dim=" << options.dim())
WEFT_ACTIVATION(Hardshrink, hardshrink, const Tensor&, options, options.lambda())
WEFT_ACTIVATION(Softshrink, softshrink, const Tensor&, options, options.lambda())
WEFT_ACTIVATION(Softplus, softplus, const Tensor&, options,
                "beta=" << options.beta() << ", threshold=" << options.threshold())
WEFT_ACTIVATION(Softmax, softmax, const Tensor&, options.dim(), "dim=" << options.dim())
WEFT_ACTIVATION(Softmin, softmin, const Tensor&, options.dim(), "dim=" << options.dim())
WEFT_ACTIVATION(LogSoftmax, log_softmax, const Tensor&, options.dim(), "dim=" << options.dim())
#undef WEFT_ACTIVATION

void HardtanhImpl::reset() {
  TORCH_CHECK(options.max_val() > options.min_val(),
              "max_val must be greater than min_val, got min_val ", options.min_val(),
              " and max_val ", options.max_val());
}
PReLUImpl::PReLUImpl(const PReLUOptions& options_) : options(options_) { PReLUImpl::reset(); }
void PReLUImpl::reset() {
  weight = register_parameter("weight", torch::full(options.num_parameters(), options.init()));
}
void PReLUImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::PReLU(num_parameters=" << options.num_parameters() << ")";
}
Tensor PReLUImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return functional::prelu(input, weight);
}
}  // namespace nn
}  // namespace torch
