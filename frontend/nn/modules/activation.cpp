#include "frontend/nn/modules/activation.h"

#include <ostream>

#include "frontend/nn/functional/activation.h"
#include "frontend/nn/functions.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {

#define WEFT_ACTIVATION(Name, function)                             \
  void Name##Impl::pretty_print(std::ostream& stream) const {       \
    stream << "torch::nn::" #Name "()";                             \
  }                                                                 \
  Tensor Name##Impl::forward(const Tensor& input, Location where) { \
    Forward forward(*this, where);                                  \
    return torch::function(input);                                  \
  }
WEFT_ACTIVATION(Sigmoid, sigmoid)
WEFT_ACTIVATION(Tanh, tanh)
WEFT_ACTIVATION(LogSigmoid, log_sigmoid)
#undef WEFT_ACTIVATION

ReLUImpl::ReLUImpl(const ReLUOptions& options_) : options(options_) {}
void ReLUImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::ReLU(" << (options.inplace() ? "inplace=true" : "") << ")";
}
Tensor ReLUImpl::forward(Tensor input, Location where) {
  Forward forward(*this, where);
  return functional::relu(std::move(input), options);
}

LeakyReLUImpl::LeakyReLUImpl(const LeakyReLUOptions& options_) : options(options_) {}
void LeakyReLUImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::LeakyReLU(negative_slope=" << options.negative_slope()
         << (options.inplace() ? ", inplace=true" : "") << ")";
}
Tensor LeakyReLUImpl::forward(Tensor input, Location where) {
  Forward forward(*this, where);
  return functional::leaky_relu(std::move(input), options);
}

GELUImpl::GELUImpl(GELUOptions options_) : options(std::move(options_)) {}
void GELUImpl::pretty_print(std::ostream& stream) const { stream << "torch::nn::GELU()"; }
Tensor GELUImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return functional::gelu(input, options);
}

SoftmaxImpl::SoftmaxImpl(const SoftmaxOptions& options_) : options(options_) {}
void SoftmaxImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Softmax(dim=" << options.dim() << ")";
}
Tensor SoftmaxImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return functional::softmax(input, options.dim());
}

LogSoftmaxImpl::LogSoftmaxImpl(const LogSoftmaxOptions& options_) : options(options_) {}
void LogSoftmaxImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::LogSoftmax(dim=" << options.dim() << ")";
}
Tensor LogSoftmaxImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return functional::log_softmax(input, options.dim());
}
}  // namespace nn
}  // namespace torch
