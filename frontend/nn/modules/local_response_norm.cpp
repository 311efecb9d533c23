#include "frontend/nn/modules/local_response_norm.h"

#include <ostream>

#include "frontend/nn/functional/normalize.h"

namespace torch {
namespace nn {
LocalResponseNormImpl::LocalResponseNormImpl(const LocalResponseNormOptions& options_)
    : options(options_) {}
void LocalResponseNormImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::LocalResponseNorm(" << options.size() << ", alpha=" << options.alpha()
         << ", beta=" << options.beta() << ", k=" << options.k() << ")";
}
Tensor LocalResponseNormImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return functional::local_response_norm(input, options);
}
}  // namespace nn
}  // namespace torch
