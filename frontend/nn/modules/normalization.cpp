#include "frontend/nn/modules/normalization.h"

#include <ostream>

#include "frontend/nn/functional/normalization.h"
#include "frontend/nn/init.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {

template <typename Derived>
BatchNormBase<Derived>::BatchNormBase(const BatchNormOptions& options_) : options(options_) {
  BatchNormBase::reset();
}
template <typename Derived>
void BatchNormBase<Derived>::reset() {
  const int64_t n = options.num_features();
  const bool affine = options.affine(), track = options.track_running_stats();
  weight = this->register_parameter("weight", affine ? torch::empty({n}) : Tensor(), affine);
  bias = this->register_parameter("bias", affine ? torch::empty({n}) : Tensor(), affine);
  running_mean = this->register_buffer("running_mean", track ? torch::zeros({n}) : Tensor());
  running_var = this->register_buffer("running_var", track ? torch::ones({n}) : Tensor());
  num_batches_tracked = this->register_buffer(
      "num_batches_tracked", track ? torch::zeros({}, torch::dtype(torch::kLong)) : Tensor());
  reset_parameters();
}
template <typename Derived>
void BatchNormBase<Derived>::reset_running_stats() {
  if (!options.track_running_stats()) return;
  running_mean.zero_();
  running_var.fill_(1);
  num_batches_tracked.zero_();
}
template <typename Derived>
void BatchNormBase<Derived>::reset_parameters() {
  reset_running_stats();
  if (!options.affine()) return;
  init::ones_(weight);
  init::zeros_(bias);
}
template <typename Derived>
void BatchNormBase<Derived>::pretty_print(std::ostream& stream) const {
  stream << std::boolalpha << "torch::nn::BatchNorm" << Derived::spatial_dims << "d("
         << options.num_features() << ", eps=" << options.eps() << ", momentum=";
  if (options.momentum()) stream << *options.momentum();
  else stream << "None";
  stream << ", affine=" << options.affine()
         << ", track_running_stats=" << options.track_running_stats() << ")";
}

template <typename Derived>
Tensor BatchNormBase<Derived>::normalize(const Tensor& input, Location where) {
  Forward forward(*this, where);
  _check_input_dim(input);
  double weight_of_batch = options.momentum().value_or(0.0);
  if (this->is_training() && num_batches_tracked.defined()) {
    num_batches_tracked += 1;
    if (!options.momentum()) weight_of_batch = 1.0 / num_batches_tracked.template item<double>();
  }
  auto call = functional::BatchNormFuncOptions()
                  .weight(weight)
                  .bias(bias)
                  .momentum(weight_of_batch)
                  .eps(options.eps());
  call.training(this->is_training() || !options.track_running_stats());
  return functional::batch_norm(input, running_mean, running_var, call);
}

void BatchNorm1dImpl::_check_input_dim(const Tensor& input) {
  TORCH_CHECK(input.dim() == 2 || input.dim() == 3, "expected 2D or 3D input (got ", input.dim(),
              "D input)");
}
void BatchNorm2dImpl::_check_input_dim(const Tensor& input) {
  TORCH_CHECK(input.dim() == 4, "expected 4D input (got ", input.dim(), "D input)");
}
void BatchNorm3dImpl::_check_input_dim(const Tensor& input) {
  TORCH_CHECK(input.dim() == 5, "expected 5D input (got ", input.dim(), "D input)");
}
#define WEFT_BATCH_NORM(D)                                                   \
  template class BatchNormBase<BatchNorm##D##dImpl>;                         \
  Tensor BatchNorm##D##dImpl::forward(const Tensor& input, Location where) { \
    return normalize(input, where);                                          \
  }
WEFT_BATCH_NORM(1)
WEFT_BATCH_NORM(2)
WEFT_BATCH_NORM(3)
#undef WEFT_BATCH_NORM

LayerNormImpl::LayerNormImpl(const LayerNormOptions& options_) : options(options_) { reset(); }
void LayerNormImpl::reset() {
  const bool affine = options.elementwise_affine();
  weight = register_parameter("weight",
                              affine ? torch::empty(options.normalized_shape()) : Tensor(), affine);
  bias = register_parameter("bias", affine ? torch::empty(options.normalized_shape()) : Tensor(),
                            affine);
  reset_parameters();
}
void LayerNormImpl::reset_parameters() {
  if (!options.elementwise_affine()) return;
  init::ones_(weight);
  init::zeros_(bias);
}
void LayerNormImpl::pretty_print(std::ostream& stream) const {
  stream << std::boolalpha << "torch::nn::LayerNorm(" << IntArrayRef(options.normalized_shape())
         << ", eps=" << options.eps() << ", elementwise_affine=" << options.elementwise_affine()
         << ")";
}
Tensor LayerNormImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  auto call = functional::LayerNormFuncOptions(options.normalized_shape())
                  .weight(weight)
                  .bias(bias)
                  .eps(options.eps());
  return functional::layer_norm(input, call);
}
}  // namespace nn
}  // namespace torch
