#include "frontend/optim/adam.h"

#include <cmath>

#include "frontend/optim/step.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {
namespace {
template <class Options> void check(const Options& o) {
  check_lr(o);
  check_eps(o);
  check_betas(o);
  check_weight_decay(o);
}

template <class State, class Options>
void start(State& state, const Tensor& p, const Options& options) {
  state.exp_avg(record::known_zeros(p)).exp_avg_sq(record::known_zeros(p));
  if (options.amsgrad()) state.max_exp_avg_sq(record::known_zeros(p));
}

template <class State, class Options>
void update(const Tensor& p, State& state, const Options& options, bool decoupled_decay) {
  state.step(state.step() + 1);
  const auto [beta1, beta2] = options.betas();
  const double steps = static_cast<double>(state.step());
  const double correction1 = 1 - std::pow(beta1, steps), correction2 = 1 - std::pow(beta2, steps);

  // Each tensor is written once, with its last value: no value between is anybody's to see.
  Tensor grad = options.maximize() ? -p.grad() : p.grad(), decayed = p;
  if (options.weight_decay() != 0) {
    if (decoupled_decay) decayed = p.mul(1 - options.lr() * options.weight_decay());
    else grad = grad.add(p, options.weight_decay());
  }
  const Tensor first = state.exp_avg().mul(beta1).add(grad, 1 - beta1);
  const Tensor second = state.exp_avg_sq().mul(beta2).addcmul(grad, grad, 1 - beta2);
  Tensor largest = second;
  if (options.amsgrad()) {
    // a state that was loaded from a run without amsgrad has none
    if (!state.max_exp_avg_sq().defined()) state.max_exp_avg_sq(record::known_zeros(p));
    largest = torch::maximum(state.max_exp_avg_sq(), second);
    state.max_exp_avg_sq().copy_(largest);
  }
  const Tensor denominator = (largest.sqrt() / std::sqrt(correction2)).add(options.eps());
  p.copy_(decayed.addcdiv(first, denominator, -options.lr() / correction1));
  state.exp_avg().copy_(first);
  state.exp_avg_sq().copy_(second);
}
}  // namespace

#define WEFT_ADAM(Name, decoupled_decay)                                                           \
  WEFT_FIELDS(Name##Options, WEFT_FIELD(lr), WEFT_FIELD(betas), WEFT_FIELD(eps),                   \
              WEFT_FIELD(weight_decay), WEFT_FIELD(amsgrad), WEFT_EXTRA_FIELD(maximize))           \
  WEFT_FIELDS(Name##ParamState, WEFT_FIELD(step), WEFT_FIELD(exp_avg), WEFT_FIELD(exp_avg_sq),     \
              WEFT_FIELD(max_exp_avg_sq))                                                          \
  WEFT_DEFINE_OPTIMIZER(Name, check<Name##Options>)                                                \
  Tensor Name::step(LossClosure closure) {                                                         \
    return step_each<Name##ParamState, Name##Options>(                                             \
        #Name, *this, closure, start<Name##ParamState, Name##Options>,                             \
        [](const Tensor& p, Name##ParamState& state, const Name##Options& options) {               \
          update(p, state, options, decoupled_decay);                                              \
        });                                                                                        \
  }
WEFT_ADAM(Adam, false)
WEFT_ADAM(AdamW, true)
#undef WEFT_ADAM
}  // namespace optim
}  // namespace torch
