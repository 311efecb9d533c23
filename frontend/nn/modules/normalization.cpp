#include "frontend/nn/modules/normalization.h"

#include <ostream>

#include "frontend/nn/functional/normalization.h"
#include "frontend/nn/init.h"
#include "frontend/record/eval.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/windows.h"

namespace torch {
namespace nn {

template <typename Derived, typename Options>
NormImplBase<Derived, Options>::NormImplBase(const Options& options_) : options(options_) {
  NormImplBase::reset();
}
template <typename Derived, typename Options> void NormImplBase<Derived, Options>::reset() {
  const int64_t n = options.num_features();
  const bool affine = options.affine(), track = options.track_running_stats();
  weight = this->register_parameter("weight", affine ? torch::ones({n}) : Tensor(), affine);
  bias = this->register_parameter("bias", affine ? torch::zeros({n}) : Tensor(), affine);
  // Values already, so that the first step is the same graph as all others.
  Tensor mean, var, count;
  if (track) {
    mean = record::known_zeros(torch::empty({n}));
    var = record::known_full(torch::empty({n}), 1);
    count = record::known_zeros(torch::empty({}, torch::dtype(torch::kLong)));
  }
  running_mean = this->register_buffer("running_mean", mean);
  running_var = this->register_buffer("running_var", var);
  num_batches_tracked = this->register_buffer("num_batches_tracked", count);
}
template <typename Derived, typename Options>
void NormImplBase<Derived, Options>::reset_running_stats() {
  if (!options.track_running_stats()) return;
  running_mean.zero_();
  running_var.fill_(1);
  num_batches_tracked.zero_();
}
template <typename Derived, typename Options>
void NormImplBase<Derived, Options>::reset_parameters() {
  reset_running_stats();
  if (!options.affine()) return;
  init::ones_(weight);
  init::zeros_(bias);
}
template <typename Derived, typename Options>
void NormImplBase<Derived, Options>::pretty_print(std::ostream& stream) const {
  stream << std::boolalpha << "torch::nn::" << Derived::type << Derived::spatial_dims << "d("
         << options.num_features() << ", eps=" << options.eps() << ", momentum=";
  const std::optional<double> momentum = options.momentum();
  if (momentum) stream << *momentum;
  else stream << "None";
  stream << ", affine=" << options.affine()
         << ", track_running_stats=" << options.track_running_stats() << ")";
}

namespace {
template <typename Impl> Tensor batch_norm(Impl& m, const Tensor& input) {
  double weight_of_batch = m.options.momentum().value_or(0.0);
  if (m.is_training() && m.num_batches_tracked.defined()) {
    m.num_batches_tracked += 1;
    if (!m.options.momentum())
      weight_of_batch = 1.0 / m.num_batches_tracked.template item<double>();
  }
  auto call = functional::BatchNormFuncOptions()
                  .weight(m.weight)
                  .bias(m.bias)
                  .momentum(weight_of_batch)
                  .eps(m.options.eps());
  call.training(m.is_training() || !m.options.track_running_stats());
  return functional::batch_norm(input, m.running_mean, m.running_var, call);
}
template <typename Impl> Tensor instance_norm(const Impl& m, const Tensor& input) {
  auto call = functional::InstanceNormFuncOptions()
                  .running_mean(m.running_mean)
                  .running_var(m.running_var)
                  .weight(m.weight)
                  .bias(m.bias);
  call.use_input_stats(m.is_training() || !m.options.track_running_stats())
      .momentum(m.options.momentum())
      .eps(m.options.eps());
  if (input.dim() == Impl::spatial_dims + 1)
    return functional::instance_norm(input.unsqueeze(0), call).squeeze(0);
  return functional::instance_norm(input, call);
}
void check_rank(const Tensor& input, int64_t least, int64_t most) {
  if (least == most)
    TORCH_CHECK(input.dim() == most, "expected ", most, "D input (got ", input.dim(), "D input)");
  TORCH_CHECK(input.dim() >= least && input.dim() <= most, "expected ", least, "D or ", most,
              "D input (got ", input.dim(), "D input)");
}
}  // namespace

#define WEFT_NORM(Name, D, function, least)                                                       \
  template class NormImplBase<Name##D##dImpl, Name##Options>;                                     \
  void Name##D##dImpl::_check_input_dim(const Tensor& input) { check_rank(input, least, D + 2); } \
  Tensor Name##D##dImpl::forward(const Tensor& input, Location where) {                           \
    Forward forward(*this, where);                                                                \
    _check_input_dim(input);                                                                      \
    return function(*this, input);                                                                \
  }
WEFT_NORM(BatchNorm, 1, batch_norm, 2)
WEFT_NORM(BatchNorm, 2, batch_norm, 4)
WEFT_NORM(BatchNorm, 3, batch_norm, 5)
WEFT_NORM(InstanceNorm, 1, instance_norm, 2)
WEFT_NORM(InstanceNorm, 2, instance_norm, 3)
WEFT_NORM(InstanceNorm, 3, instance_norm, 4)
#undef WEFT_NORM

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

GroupNormImpl::GroupNormImpl(const GroupNormOptions& options_) : options(options_) { reset(); }
void GroupNormImpl::reset() {
  const bool affine = options.affine();
  weight = register_parameter("weight", affine ? torch::empty({options.num_channels()}) : Tensor(),
                              affine);
  bias = register_parameter("bias", affine ? torch::empty({options.num_channels()}) : Tensor(),
                            affine);
  reset_parameters();
}
void GroupNormImpl::reset_parameters() {
  if (!options.affine()) return;
  init::ones_(weight);
  init::zeros_(bias);
}
void GroupNormImpl::pretty_print(std::ostream& stream) const {
  stream << std::boolalpha << "torch::nn::GroupNorm(" << options.num_groups() << ", "
         << options.num_channels() << ", eps=" << options.eps() << ", affine=" << options.affine()
         << ")";
}
Tensor GroupNormImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  auto call = functional::GroupNormFuncOptions(options.num_groups())
                  .weight(weight)
                  .bias(bias)
                  .eps(options.eps());
  return functional::group_norm(input, call);
}

void LocalResponseNormImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::LocalResponseNorm(" << options.size() << ", alpha=" << options.alpha()
         << ", beta=" << options.beta() << ", k=" << options.k() << ")";
}
Tensor LocalResponseNormImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return functional::local_response_norm(input, options);
}

void CrossMapLRN2dImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::CrossMapLRN2d(" << options.size() << ", alpha=" << options.alpha()
         << ", beta=" << options.beta() << ", k=" << options.k() << ")";
}
Tensor CrossMapLRN2dImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  TORCH_CHECK(input.dim() == 4, "expected 4D input (got ", input.dim(), "D input)");
  // As many channels on both sides; the sum of their squares is taken for that of options.size().
  const int64_t side = (options.size() - 1) / 2;
  const Tensor squares = input.square().flatten(2).unsqueeze(1);
  const Tensor sum =
      torch::avg_pool2d(squares, {2 * side + 1, 1}, {1, 1}, {side, 0}, false, true, options.size())
          .reshape(input.sizes());
  // The first channel stays in all the sums that once held it.
  const Tensor behind = torch::arange(input.size(1), input.options().dtype(kLong).requires_grad(false)).gt(side);
  const Tensor whole = sum + input.narrow(1, 0, 1).square() *
                                 behind.to(input.scalar_type()).reshape({1, -1, 1, 1}) /
                                 static_cast<double>(options.size());
  return input * (whole * options.alpha() + static_cast<double>(options.k())).pow(-options.beta());
}
}  // namespace nn
}  // namespace torch
