#include "frontend/optim/adagrad.h"

#include "frontend/optim/step.h"

namespace torch {
namespace optim {
namespace {
void check(const AdagradOptions& o) {
  check_lr(o);
  TORCH_CHECK(o.lr_decay() >= 0, "Invalid lr_decay value: ", o.lr_decay());
  check_weight_decay(o);
  TORCH_CHECK(o.initial_accumulator_value() >= 0,
              "Invalid initial_accumulator_value value: ", o.initial_accumulator_value());
  check_eps(o);
}
void start(AdagradParamState& state, const Tensor& p, const AdagradOptions& options) {
  state.sum(record::known_full(p, options.initial_accumulator_value()));
}
void start_all(Optimizer& optimizer) {
  for (auto& group : optimizer.param_groups())
    for (auto& p : group.params())
      state_of<AdagradParamState>(optimizer.state(), p, [&] {
        auto fresh = std::make_unique<AdagradParamState>();
        start(*fresh, p, static_cast<AdagradOptions&>(optimizer.defaults()));
        return fresh;
      });
}
void update(const Tensor& p, AdagradParamState& state, const AdagradOptions& options) {
  state.step(state.step() + 1);
  const double lr =
      options.lr() / (1 + static_cast<double>(state.step() - 1) * options.lr_decay());
  const Tensor grad = descent(p, options);
  const Tensor sum = state.sum().addcmul(grad, grad, 1.0);
  p.addcdiv_(grad, sum.sqrt().add(options.eps()), -lr);
  state.sum().copy_(sum);
}
}  // namespace
WEFT_FIELDS(AdagradOptions, WEFT_FIELD(lr), WEFT_FIELD(lr_decay), WEFT_FIELD(weight_decay),
            WEFT_FIELD(initial_accumulator_value), WEFT_FIELD(eps), WEFT_EXTRA_FIELD(maximize))
WEFT_FIELDS(AdagradParamState, WEFT_FIELD(sum), WEFT_FIELD(step))

Adagrad::Adagrad(const std::vector<OptimizerParamGroup>& param_groups, AdagradOptions defaults,
                 Location where)
    : Optimizer(param_groups, checked(defaults, where, check), where) {
  start_all(*this);
}
Adagrad::Adagrad(std::vector<Tensor> params, AdagradOptions defaults, Location where)
    : Adagrad({OptimizerParamGroup(std::move(params))}, std::move(defaults), where) {}
std::unique_ptr<OptimizerParamState> Adagrad::new_state() const {
  return std::make_unique<AdagradParamState>();
}

Tensor Adagrad::step(LossClosure closure) {
  return step_each<AdagradParamState, AdagradOptions>("Adagrad", *this, closure, start, update);
}
}  // namespace optim
}  // namespace torch
