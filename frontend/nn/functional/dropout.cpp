#include "frontend/nn/functional/dropout.h"

#include "frontend/nn/dropout.h"
#include "frontend/nn/functions.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace functional {
namespace {
void check_probability(double p) {
  TORCH_CHECK(p >= 0. && p <= 1., "dropout probability has to be between 0 and 1, but got ", p);
}
// `batched` is the rank of an input with a batch; one without it is a batch of one.
Tensor drop_channels(const Tensor& input, const DropoutFuncOptions& o, int64_t batched,
                     Location where) {
  record::Call call(where);
  check_probability(o.p());
  const bool alone = input.dim() != batched;
  Tensor x = alone ? input.unsqueeze(0) : input;
  if (o.inplace()) {
    torch::feature_dropout_(x, o.p(), o.training());
    return input;
  }
  const Tensor y = torch::feature_dropout(x, o.p(), o.training());
  return alone ? y.squeeze(0) : y;
}
}  // namespace

Tensor dropout(Tensor input, const DropoutFuncOptions& options, Location where) {
  record::Call call(where);
  check_probability(options.p());
  if (options.inplace()) return torch::dropout_(input, options.p(), options.training());
  return torch::dropout(In(input, where), options.p(), options.training());
}
Tensor dropout2d(Tensor input, const Dropout2dFuncOptions& options, Location where) {
  return drop_channels(input, options, 4, where);
}
Tensor dropout3d(Tensor input, const Dropout3dFuncOptions& options, Location where) {
  return drop_channels(input, options, 5, where);
}

#define WEFT_DROPOUT(f, Options)                                                                   \
  Tensor f(Tensor input, const Options& options, Location where) {                                 \
    return detail::f(std::move(input), options.p(), options.training(), options.inplace(), where); \
  }                                                                                                \
  Tensor detail::f(Tensor input, double p, bool training, bool inplace, Location where) {          \
    record::Call call(where);                                                                      \
    check_probability(p);                                                                          \
    return inplace ? torch::f##_(input, p, training) : torch::f(In(input, where), p, training);    \
  }
WEFT_DROPOUT(alpha_dropout, AlphaDropoutFuncOptions)
WEFT_DROPOUT(feature_alpha_dropout, FeatureAlphaDropoutFuncOptions)
#undef WEFT_DROPOUT
}  // namespace functional
}  // namespace nn
}  // namespace torch
