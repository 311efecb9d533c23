#include "frontend/optim/asgd.h"

#include <algorithm>
#include <cmath>

#include "frontend/optim/step.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace optim {
namespace {
void check(const ASGDOptions& o) {
  check_lr(o);
  TORCH_CHECK(o.lambd() >= 0, "Invalid lambd value: ", o.lambd());
  TORCH_CHECK(o.alpha() >= 0, "Invalid alpha value: ", o.alpha());
  check_weight_decay(o);
}
void start(ASGDParamState& state, const Tensor& p, const ASGDOptions& options) {
  state.ax(record::known_zeros(p)).eta(static_cast<float>(options.lr()));
}
void update(const Tensor& p, ASGDParamState& state, const ASGDOptions& options) {
  state.step(state.step() + 1);
  const double step = static_cast<double>(state.step()), lr = options.lr();
  const Tensor moved = p.mul(1 - options.lambd() * state.eta())
                           .add(descent(p, options), -state.eta());
  // Whether averaging has begun is a number that goes in: one graph.
  const Tensor averaged = state.ax().add(moved.sub(state.ax()).mul(state.mu()));
  state.ax().copy_(
      torch::where(torch::scalar_tensor(state.mu() != 1, kBool), averaged, moved));
  p.copy_(moved);
  const double eta = lr / std::pow(1 + options.lambd() * lr * step, options.alpha());
  state.eta(static_cast<float>(eta));
  state.mu(static_cast<float>(1 / std::max(1.0, step - options.t0())));
}
}  // namespace
WEFT_FIELDS(ASGDOptions, WEFT_FIELD(lr), WEFT_FIELD(lambd), WEFT_FIELD(alpha), WEFT_FIELD(t0),
            WEFT_FIELD(weight_decay), WEFT_FIELD(maximize))
WEFT_FIELDS(ASGDParamState, WEFT_FIELD(step), WEFT_FIELD(eta), WEFT_FIELD(mu), WEFT_FIELD(ax))
WEFT_DEFINE_OPTIMIZER(ASGD, check)

Tensor ASGD::step(LossClosure closure) {
  return step_each<ASGDParamState, ASGDOptions>("ASGD", *this, closure, start, update);
}
}  // namespace optim
}  // namespace torch
