#include "frontend/optim/adadelta.h"

#include "frontend/optim/step.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {
namespace {
void check(const AdadeltaOptions& o) {
  check_lr(o);
  TORCH_CHECK(0 <= o.rho() && o.rho() <= 1.0, "Invalid rho value: ", o.rho());
  check_eps(o);
  check_weight_decay(o);
}
void start(AdadeltaParamState& state, const Tensor& p, const AdadeltaOptions&) {
  state.square_avg(record::known_zeros(p)).acc_delta(record::known_zeros(p));
}
void update(const Tensor& p, AdadeltaParamState& state, const AdadeltaOptions& options) {
  state.step(state.step() + 1);
  const double rho = options.rho(), eps = options.eps();
  const Tensor grad = descent(p, options);
  const Tensor square = state.square_avg().mul(rho).addcmul(grad, grad, 1 - rho);
  const Tensor delta =
      state.acc_delta().add(eps).sqrt().div(square.add(eps).sqrt()).mul(grad);
  p.add_(delta, -options.lr());
  state.square_avg().copy_(square);
  state.acc_delta().copy_(state.acc_delta().mul(rho).addcmul(delta, delta, 1 - rho));
}
}  // namespace
WEFT_FIELDS(AdadeltaOptions, WEFT_FIELD(lr), WEFT_FIELD(rho), WEFT_FIELD(eps),
            WEFT_FIELD(weight_decay), WEFT_FIELD(maximize))
WEFT_FIELDS(AdadeltaParamState, WEFT_FIELD(step), WEFT_FIELD(square_avg), WEFT_FIELD(acc_delta))
WEFT_DEFINE_OPTIMIZER(Adadelta, check)

Tensor Adadelta::step(LossClosure closure) {
  return step_each<AdadeltaParamState, AdadeltaOptions>("Adadelta", *this, closure, start, update);
}
}  // namespace optim
}  // namespace torch
