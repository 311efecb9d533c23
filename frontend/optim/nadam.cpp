#include "frontend/optim/nadam.h"

#include <cmath>

#include "frontend/optim/step.h"

namespace torch {
namespace optim {
namespace {
void check(const NAdamOptions& o) {
  check_lr(o);
  check_eps(o);
  check_betas(o);
  check_weight_decay(o);
  TORCH_CHECK(o.momentum_decay() >= 0, "Invalid momentum_decay value: ", o.momentum_decay());
}
void start(NAdamParamState& state, const Tensor& p, const NAdamOptions&) {
  state.exp_avg(record::known_zeros(p)).exp_avg_sq(record::known_zeros(p));
}
void update(const Tensor& p, NAdamParamState& state, const NAdamOptions& options) {
  state.step(state.step() + 1);
  const auto [beta1, beta2] = options.betas();
  const double step = static_cast<double>(state.step()), lr = options.lr();
  auto momentum = [&, beta1 = beta1](double at) {
    return beta1 * (1.0 - 0.5 * std::pow(0.96, at * options.momentum_decay()));
  };
  const double mu = momentum(step), next = momentum(step + 1);
  const float product = static_cast<float>(state.mu_product()) * static_cast<float>(mu);
  state.mu_product(product);

  Tensor grad = options.maximize() ? p.grad().neg() : p.grad(), decayed = p;
  if (options.weight_decay() != 0) {
    if (options.decoupled_weight_decay()) decayed = p.mul(1 - lr * options.weight_decay());
    else grad = grad.add(p, options.weight_decay());
  }
  const Tensor average = moved_average(state.exp_avg(), grad, beta1);
  const Tensor square = state.exp_avg_sq().mul(beta2).addcmul(grad, grad, 1 - beta2);
  const Tensor divisor = square.div(1 - std::pow(beta2, step)).sqrt().add(options.eps());
  p.copy_(decayed.addcdiv(grad, divisor, -lr * (1.0 - mu) / (1.0 - product))
              .addcdiv(average, divisor, -lr * next / (1.0 - product * next)));
  state.exp_avg().copy_(average);
  state.exp_avg_sq().copy_(square);
}
}  // namespace
WEFT_FIELDS(NAdamOptions, WEFT_FIELD(lr), WEFT_FIELD(betas), WEFT_FIELD(eps),
            WEFT_FIELD(weight_decay), WEFT_FIELD(momentum_decay),
            WEFT_FIELD(decoupled_weight_decay), WEFT_FIELD(maximize))
WEFT_FIELDS(NAdamParamState, WEFT_FIELD(step), WEFT_FIELD(mu_product), WEFT_FIELD(exp_avg),
            WEFT_FIELD(exp_avg_sq))
WEFT_DEFINE_OPTIMIZER(NAdam, check)

Tensor NAdam::step(LossClosure closure) {
  return step_each<NAdamParamState, NAdamOptions>("NAdam", *this, closure, start, update);
}
}  // namespace optim
}  // namespace torch
