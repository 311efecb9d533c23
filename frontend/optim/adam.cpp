#include "frontend/optim/adam.h"

#include <cmath>

#include "frontend/optim/step.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {
namespace {
template <typename Options>
auto fields(const Options& o) {
  return std::make_tuple(o.lr(), o.betas(), o.eps(), o.weight_decay(), o.amsgrad(), o.maximize());
}
template <typename Options>
void merge_fields(Options& into, const Options& given) {
  const Options fresh;
  if (given.lr() != fresh.lr()) into.lr() = given.lr();
  if (given.betas() != fresh.betas()) into.betas() = given.betas();
  if (given.eps() != fresh.eps()) into.eps() = given.eps();
  if (given.weight_decay() != fresh.weight_decay()) into.weight_decay() = given.weight_decay();
  if (given.amsgrad() != fresh.amsgrad()) into.amsgrad() = given.amsgrad();
  if (given.maximize() != fresh.maximize()) into.maximize() = given.maximize();
}
template <typename Options>
std::unique_ptr<OptimizerOptions> checked(const Options& o) {
  const auto [beta1, beta2] = o.betas();
  TORCH_CHECK(o.lr() >= 0, "Invalid learning rate: ", o.lr());
  TORCH_CHECK(o.eps() >= 0, "Invalid epsilon value: ", o.eps());
  TORCH_CHECK(0 <= beta1 && beta1 < 1.0, "Invalid beta parameter at index 0: ", beta1);
  TORCH_CHECK(0 <= beta2 && beta2 < 1.0, "Invalid beta parameter at index 1: ", beta2);
  TORCH_CHECK(o.weight_decay() >= 0, "Invalid weight_decay value: ", o.weight_decay());
  return std::make_unique<Options>(o);
}

template <typename State, typename Options>
void update(Optimizer::State& states, Tensor& p, const Options& options, bool decoupled_decay) {
  auto& state = state_of<State>(states, p, [&] {
    auto fresh = std::make_unique<State>();
    fresh->exp_avg(record::known_zeros(p)).exp_avg_sq(record::known_zeros(p));
    if (options.amsgrad()) fresh->max_exp_avg_sq(record::known_zeros(p));
    return fresh;
  });
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
    largest = torch::maximum(state.max_exp_avg_sq(), second);
    state.max_exp_avg_sq().copy_(largest);
  }
  const Tensor denominator = (largest.sqrt() / std::sqrt(correction2)).add(options.eps());
  p.copy_(decayed.addcdiv(first, denominator, -options.lr() / correction1));
  state.exp_avg().copy_(first);
  state.exp_avg_sq().copy_(second);
}
}  // namespace

#define WEFT_ADAM(Name, decoupled_decay)                                                    \
  bool operator==(const Name##Options& a, const Name##Options& b) {                         \
    return fields(a) == fields(b);                                                          \
  }                                                                                         \
  void Name##Options::merge(Name##Options& into, const Name##Options& given) {              \
    merge_fields(into, given);                                                              \
  }                                                                                         \
  Name::Name(const std::vector<OptimizerParamGroup>& param_groups, Name##Options defaults)  \
      : Optimizer(param_groups, checked(defaults)) {}                                       \
  Name::Name(std::vector<Tensor> params, Name##Options defaults)                            \
      : Optimizer(std::move(params), checked(defaults)) {}                                  \
  Tensor Name::step(LossClosure closure) {                                                  \
    Step step(#Name, closure);                                                              \
    for (auto& group : param_groups_)                                                       \
      for (auto& p : group.params())                                                        \
        if (p.grad().defined())                                                             \
          update<Name##ParamState>(state_, p, static_cast<Name##Options&>(group.options()), \
                                   decoupled_decay);                                        \
    return step.finish();                                                                   \
  }
WEFT_ADAM(Adam, false)
WEFT_ADAM(AdamW, true)
#undef WEFT_ADAM
}  // namespace optim
}  // namespace torch
