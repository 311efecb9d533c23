#include "frontend/optim/rprop.h"

#include "frontend/optim/step.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {
namespace {
void check(const RpropOptions& o) {
  check_lr(o);
  const auto [minus, plus] = o.etas();
  TORCH_CHECK(0 < minus && minus < 1 && 1 < plus, "Invalid eta values: ", minus, ", ", plus);
}
void start(RpropParamState& state, const Tensor& p, const RpropOptions& options) {
  state.prev(record::known_zeros(p)).step_size(record::known_full(p, options.lr()));
}
void update(const Tensor& p, RpropParamState& state, const RpropOptions& options) {
  state.step(state.step() + 1);
  const auto [minus, plus] = options.etas();
  const auto [least, most] = options.step_sizes();
  const Tensor grad = options.maximize() ? -p.grad() : p.grad();
  const Tensor product = grad.mul(state.prev());
  const Tensor turned = product.lt(0), kept = product.gt(0);
  const Tensor factor = torch::where(
      kept, plus, torch::where(turned, minus, torch::where(product.isnan(), product, 1.0)));
  const Tensor size = state.step_size().mul(factor).clamp(Scalar(least), Scalar(most));
  // Where it turned round it stays for a step, and the next one counts as no turn.
  const Tensor followed = grad.masked_fill(turned, 0);
  p.addcmul_(followed.sign(), size, -1);
  state.step_size().copy_(size);
  state.prev().copy_(followed);
}
}  // namespace
WEFT_FIELDS(RpropOptions, WEFT_FIELD(lr), WEFT_FIELD(etas), WEFT_FIELD(step_sizes),
            WEFT_FIELD(maximize))
WEFT_FIELDS(RpropParamState, WEFT_FIELD(step), WEFT_FIELD(prev), WEFT_FIELD(step_size))
WEFT_DEFINE_OPTIMIZER(Rprop, check)

Tensor Rprop::step(LossClosure closure) {
  return step_each<RpropParamState, RpropOptions>("Rprop", *this, closure, start, update);
}
}  // namespace optim
}  // namespace torch
