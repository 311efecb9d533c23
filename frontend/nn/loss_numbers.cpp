// Losses of numbers, element by element.
#include <cmath>

#include "frontend/nn/activations.h"
#include "frontend/nn/composite.h"
#include "frontend/nn/losses.h"
#include "frontend/nn/reduced.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/pointwise.h"
#include "frontend/tensor/requirement.h"

namespace torch {
using nn::check_floating;
using nn::Composite;
using nn::given;
using nn::reduced;

namespace {
// In the type of both (a truth value cannot be subtracted from).
Tensor difference_of(const Tensor& a, const Tensor& b, const char* kernel) {
  const ScalarType type = result_type(a, b);
  const Tensor difference = a.to(type) - b.to(type);
  check_floating(difference, kernel);
  return difference;
}
// In place, as libtorch: type and shape stay.
Tensor times(const Tensor& loss, const Tensor& weight) {
  const Tensor y = loss * weight;
  TORCH_CHECK(y.sizes() == loss.sizes(), "output with shape ", loss.sizes(),
              " doesn't match the broadcast shape ", y.sizes());
  return y.to(loss.scalar_type());
}
}  // namespace

Tensor mse_loss(In self, const Tensor& target, int64_t reduction) {
  if (const Autocast cast(casts::mse_loss, {self, target}); cast.on())
    return mse_loss(In(cast[0], self.where), cast[1], reduction);
  Composite composite("mse_loss", "MseLossBackward0", self.where);
  return reduced(difference_of(self, target, "mse_cpu").square(), reduction);
}
Tensor l1_loss(In self, const Tensor& target, int64_t reduction) {
  if (const Autocast cast(casts::l1_loss, {self, target}); cast.on())
    return l1_loss(In(cast[0], self.where), cast[1], reduction);
  Composite composite("l1_loss", nullptr, self.where);
  return reduced((self - target).abs(), reduction);
}

namespace {
// d^2 / (2 * width) up to the width, |d| - width / 2 beyond, with the gradient of the one that is
// chosen.
Tensor rounded_abs(const Tensor& d, double width) {
  const Tensor size = d.abs(), inside = size < width, small = torch::where(inside, d, 0);
  return torch::where(inside, small.square() * (0.5 / width), size - 0.5 * width);
}
}  // namespace

Tensor smooth_l1_loss(In self, const Tensor& target, int64_t reduction, double beta) {
  if (const Autocast cast(casts::smooth_l1_loss, {self, target}); cast.on())
    return smooth_l1_loss(In(cast[0], self.where), cast[1], reduction, beta);
  Composite composite("smooth_l1_loss", beta == 0 ? nullptr : "SmoothL1LossBackward0", self.where);
  TORCH_CHECK(beta >= 0, "smooth_l1_loss does not support negative values for beta. (got ", beta,
              ")");
  if (beta == 0) return l1_loss(self, target, reduction);
  return reduced(rounded_abs(difference_of(self, target, "smooth_l1_cpu"), beta), reduction);
}
Tensor huber_loss(In self, const Tensor& target, int64_t reduction, double delta) {
  if (const Autocast cast(casts::huber_loss, {self, target}); cast.on())
    return huber_loss(In(cast[0], self.where), cast[1], reduction, delta);
  Composite composite("huber_loss", "HuberLossBackward0", self.where);
  TORCH_CHECK(delta > 0, "huber_loss does not support non-positive values for delta. (got ", delta,
              ")");
  const ScalarType type = result_type(self, target);
  TORCH_CHECK(canCast(type, self->scalar_type()), "result type ", type,
              " can't be cast to the desired output type ", self->scalar_type());
  const Tensor loss = rounded_abs(difference_of(self, target, "huber_cpu"), delta) * delta;
  return reduced(loss.to(self->scalar_type()), reduction);
}

Tensor kl_div(In self, const Tensor& target, int64_t reduction, bool log_target) {
  if (const Autocast cast(casts::kl_div, {self, target}); cast.on())
    return kl_div(In(cast[0], self.where), cast[1], reduction, log_target);
  Composite composite("kl_div", nullptr, self.where);
  const Tensor& x = self;
  TORCH_CHECK(isFloatingType(x.scalar_type()) && isFloatingType(target.scalar_type()),
              "kl_div: Integral inputs not supported.");
  if (log_target) return reduced(target.exp() * (target - x), reduction);
  // What never happens costs nothing: 0 log 0 is 0.
  const Tensor possible = torch::where(target == 0, 1, target);
  return reduced(target * possible.log() - target * x, reduction);
}
Tensor poisson_nll_loss(In input, const Tensor& target, bool log_input, bool full, double eps,
                        int64_t reduction) {
  if (const Autocast cast(casts::poisson_nll_loss, {input, target}); cast.on())
    return poisson_nll_loss(In(cast[0], input.where), cast[1], log_input, full, eps, reduction);
  Composite composite("poisson_nll_loss", nullptr, input.where);
  const Tensor& x = input;
  Tensor loss = log_input ? x.exp() - target * x : x - target * (x + eps).log();
  if (full) {
    const Tensor many = torch::where(target > 1, target, 1);
    const Tensor stirling = many * many.log() - many + (many * (2 * M_PI)).log() * 0.5;
    loss = loss + torch::where(target <= 1, 0, stirling);
  }
  return reduced(loss, reduction);
}

Tensor binary_cross_entropy(In self, const Tensor& target_, const std::optional<Tensor>& weight,
                            int64_t reduction) {
  if (const Autocast cast(casts::binary_cross_entropy, {self, target_, weight}); cast.on())
    return binary_cross_entropy(In(cast[0], self.where), cast[1], cast[2], reduction);
  Composite composite("binary_cross_entropy", "BinaryCrossEntropyBackward0", self.where);
  TORCH_CHECK(self->scalar_type() == target_.scalar_type(), "Found dtype ", target_.scalar_type(),
              " but expected ", self->scalar_type());
  check_floating(self, "binary_cross_entropy");
  const Tensor x = detail::within(self, {0, 1, op::Requirement::input_in_unit, true}),
               target = detail::within(target_, {0, 1, op::Requirement::target_in_unit, true});
  // As libtorch, (N, 1) and (N) are the same.
  Tensor loss = x.sizes() == target.sizes()
                    ? detail::binary_cross_entropy(x, target)
                    : detail::binary_cross_entropy(x.squeeze(), target.squeeze()).view(x.sizes());
  if (given(weight)) loss = loss * *weight;
  return reduced(loss, reduction);
}
Tensor binary_cross_entropy_with_logits(In self, const Tensor& target,
                                        const std::optional<Tensor>& weight,
                                        const std::optional<Tensor>& pos_weight,
                                        int64_t reduction) {
  if (const Autocast cast(casts::binary_cross_entropy_with_logits, {self, target, weight, pos_weight}); cast.on())
    return binary_cross_entropy_with_logits(In(cast[0], self.where), cast[1], cast[2], cast[3], reduction);
  Composite composite("binary_cross_entropy_with_logits", "BinaryCrossEntropyWithLogitsBackward0",
                      self.where);
  const Tensor& x = self;
  Tensor log_sigmoid = torch::log_sigmoid(x);
  if (given(pos_weight)) log_sigmoid = times(log_sigmoid, (*pos_weight - 1) * target + 1);
  Tensor loss = (1 - target) * x - log_sigmoid;
  if (given(weight)) loss = times(loss, *weight);
  return reduced(loss, reduction);
}
Tensor soft_margin_loss(In self, const Tensor& target, int64_t reduction) {
  if (const Autocast cast(casts::soft_margin_loss, {self, target}); cast.on())
    return soft_margin_loss(In(cast[0], self.where), cast[1], reduction);
  Composite composite("soft_margin_loss", "SoftMarginLossBackward0", self.where);
  return reduced(-torch::log_sigmoid(target * self), reduction);
}
}  // namespace torch
