#include "frontend/optim/radam.h"

#include <cmath>

#include "frontend/optim/step.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {
namespace {
void check(const RAdamOptions& o) {
  check_lr(o);
  check_eps(o);
  check_betas(o);
  check_weight_decay(o);
}
void start(RAdamParamState& state, const Tensor& p, const RAdamOptions&) {
  state.exp_avg(record::known_zeros(p)).exp_avg_sq(record::known_zeros(p));
}
void update(const Tensor& p, RAdamParamState& state, const RAdamOptions& options) {
  state.step(state.step() + 1);
  const auto [beta1, beta2] = options.betas();
  const double step = static_cast<double>(state.step()), lr = options.lr();
  Tensor grad = options.maximize() ? -p.grad() : p.grad(), decayed = p;
  if (options.weight_decay() != 0) {
    if (options.decoupled_weight_decay()) decayed = p.mul(1 - lr * options.weight_decay());
    else grad = grad.add(p, options.weight_decay());
  }
  const Tensor average = moved_average(state.exp_avg(), grad, beta1);
  const Tensor square = state.exp_avg_sq().mul(beta2).addcmul(grad, grad, 1 - beta2);

  const double correction1 = 1 - std::pow(beta1, step), correction2 = 1 - std::pow(beta2, step);
  const double most = 2 / (1 - beta2) - 1;  // the length of the average after infinitely many steps
  const double length = most - 2 * step * std::pow(beta2, step) / correction2;
  const bool enough = length > 5.0;
  const double rectified =
      enough ? std::sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length))
             : 0;
  // Both cases are one graph: which of them holds is a number that goes in.
  const Tensor plain = average / correction1 * lr;
  const Tensor adapted =
      plain * (std::sqrt(correction2) / square.sqrt().add(options.eps())) * rectified;
  p.copy_(decayed - torch::where(torch::scalar_tensor(enough, kBool), adapted, plain));
  state.exp_avg().copy_(average);
  state.exp_avg_sq().copy_(square);
}
}  // namespace
WEFT_FIELDS(RAdamOptions, WEFT_FIELD(lr), WEFT_FIELD(betas), WEFT_FIELD(eps),
            WEFT_FIELD(weight_decay), WEFT_FIELD(decoupled_weight_decay), WEFT_FIELD(maximize))
WEFT_FIELDS(RAdamParamState, WEFT_FIELD(step), WEFT_FIELD(exp_avg), WEFT_FIELD(exp_avg_sq))
WEFT_DEFINE_OPTIMIZER(RAdam, check)

Tensor RAdam::step(LossClosure closure) {
  return step_each<RAdamParamState, RAdamOptions>("RAdam", *this, closure, start, update);
}
}  // namespace optim
}  // namespace torch
