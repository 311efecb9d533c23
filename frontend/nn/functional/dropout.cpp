#include "frontend/nn/functional/dropout.h"

#include "frontend/nn/dropouts.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace functional {
namespace {
// What has no batch is a batch of one.
Tensor drop_channels(const Tensor& input, const DropoutFuncOptions& options, int64_t batched,
                     Location where) {
  record::Call call(where);
  const bool alone = input.dim() != batched;
  const Tensor x = alone ? input.unsqueeze(0) : input;
  if (options.inplace()) {
    torch::feature_dropout_(x, options.p(), options.training());
    return input;
  }
  const Tensor y = torch::feature_dropout(x, options.p(), options.training());
  return alone ? y.squeeze(0) : y;
}
}  // namespace

#define WEFT_DROPOUT(f, Options)                                                    \
  Tensor f(Tensor input, const Options& options, Location where) {                  \
    const In x(input, where);                                                       \
    if (options.inplace()) return torch::f##_(x, options.p(), options.training());  \
    return torch::f(x, options.p(), options.training());                            \
  }
WEFT_DROPOUT(dropout, DropoutFuncOptions)
WEFT_DROPOUT(alpha_dropout, AlphaDropoutFuncOptions)
WEFT_DROPOUT(feature_alpha_dropout, FeatureAlphaDropoutFuncOptions)
#undef WEFT_DROPOUT
Tensor dropout2d(Tensor input, const Dropout2dFuncOptions& options, Location where) {
  return drop_channels(input, options, 4, where);
}
Tensor dropout3d(Tensor input, const Dropout3dFuncOptions& options, Location where) {
  return drop_channels(input, options, 5, where);
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
