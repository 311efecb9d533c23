#include "frontend/optim/adamax.h"

#include <cmath>

#include "frontend/optim/step.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace optim {
namespace {
void check(const AdamaxOptions& o) {
  check_lr(o);
  check_eps(o);
  check_betas(o);
  check_weight_decay(o);
}
void start(AdamaxParamState& state, const Tensor& p, const AdamaxOptions&) {
  state.exp_avg(record::known_zeros(p)).exp_inf(record::known_zeros(p));
}
void update(const Tensor& p, AdamaxParamState& state, const AdamaxOptions& options) {
  state.step(state.step() + 1);
  const auto [beta1, beta2] = options.betas();
  const Tensor grad = descent(p, options);
  const Tensor average = moved_average(state.exp_avg(), grad, beta1);
  const Tensor largest =
      torch::maximum(state.exp_inf().mul(beta2), grad.abs().add(options.eps()));
  const double correction = 1 - std::pow(beta1, static_cast<double>(state.step()));
  p.addcdiv_(average, largest, -(options.lr() / correction));
  state.exp_avg().copy_(average);
  state.exp_inf().copy_(largest);
}
}  // namespace
WEFT_FIELDS(AdamaxOptions, WEFT_FIELD(lr), WEFT_FIELD(betas), WEFT_FIELD(eps),
            WEFT_FIELD(weight_decay), WEFT_FIELD(maximize))
WEFT_FIELDS(AdamaxParamState, WEFT_FIELD(step), WEFT_FIELD(exp_avg), WEFT_FIELD(exp_inf))
WEFT_DEFINE_OPTIMIZER(Adamax, check)

Tensor Adamax::step(LossClosure closure) {
  return step_each<AdamaxParamState, AdamaxOptions>("Adamax", *this, closure, start, update);
}
}  // namespace optim
}  // namespace torch
