#pragma once
#include "frontend/nn/options/activation.h"

namespace torch {
namespace nn {
namespace functional {
Tensor relu(Tensor input, const ReLUFuncOptions& options = {},
            Location where = Location::current());
Tensor leaky_relu(Tensor input, const LeakyReLUFuncOptions& options = {},
                  Location where = Location::current());
Tensor gelu(const Tensor& input, const GELUFuncOptions& options = {},
            Location where = Location::current());
Tensor logsigmoid(const Tensor& input, Location where = Location::current());
/// exp(x) over its sum along the dim; options.dtype converts the input first.
Tensor softmax(const Tensor& input, const SoftmaxFuncOptions& options,
               Location where = Location::current());
Tensor log_softmax(const Tensor& input, const LogSoftmaxFuncOptions& options,
                   Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
