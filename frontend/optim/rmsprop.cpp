#include "frontend/optim/rmsprop.h"

#include "frontend/optim/step.h"

namespace torch {
namespace optim {
namespace {
void check(const RMSpropOptions& o) {
  check_lr(o);
  check_eps(o);
  TORCH_CHECK(o.momentum() >= 0, "Invalid momentum value: ", o.momentum());
  check_weight_decay(o);
  TORCH_CHECK(o.alpha() >= 0, "Invalid alpha value: ", o.alpha());
}
// Also of a state that was loaded and lacks what these options need.
void complete(RMSpropParamState& state, const Tensor& p, const RMSpropOptions& options) {
  if (!state.square_avg().defined()) state.square_avg(record::known_zeros(p));
  if (options.momentum() > 0 && !state.momentum_buffer().defined())
    state.momentum_buffer(record::known_zeros(p));
  if (options.centered() && !state.grad_avg().defined()) state.grad_avg(record::known_zeros(p));
}
void update(const Tensor& p, RMSpropParamState& state, const RMSpropOptions& options) {
  complete(state, p, options);
  state.step(state.step() + 1);
  const double alpha = options.alpha();
  const Tensor grad = descent(p, options);
  const Tensor square = state.square_avg().mul(alpha).addcmul(grad, grad, 1 - alpha);
  state.square_avg().copy_(square);
  Tensor magnitude = square;
  if (options.centered()) {
    const Tensor mean = state.grad_avg().mul(alpha).add(grad, 1 - alpha);
    state.grad_avg().copy_(mean);
    magnitude = square.addcmul(mean, mean, -1);
  }
  const Tensor divisor = magnitude.sqrt().add(options.eps());
  if (options.momentum() > 0) {
    const Tensor buffer = state.momentum_buffer().mul(options.momentum()).addcdiv(grad, divisor);
    state.momentum_buffer().copy_(buffer);
    p.add_(buffer, -options.lr());
  } else {
    p.addcdiv_(grad, divisor, -options.lr());
  }
}
}  // namespace
WEFT_FIELDS(RMSpropOptions, WEFT_FIELD(lr), WEFT_FIELD(alpha), WEFT_FIELD(eps),
            WEFT_FIELD(weight_decay), WEFT_FIELD(momentum), WEFT_FIELD(centered),
            WEFT_EXTRA_FIELD(maximize))
WEFT_FIELDS(RMSpropParamState, WEFT_FIELD(step), WEFT_FIELD(square_avg),
            WEFT_FIELD(momentum_buffer), WEFT_FIELD(grad_avg))
WEFT_DEFINE_OPTIMIZER(RMSprop, check)

Tensor RMSprop::step(LossClosure closure) {
  return step_each<RMSpropParamState, RMSpropOptions>("RMSprop", *this, closure, complete, update);
}
}  // namespace optim
}  // namespace torch
