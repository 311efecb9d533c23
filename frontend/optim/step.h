/// What every step() of the library's optimizers does around its updates.
#pragma once
#include <vector>

#include "frontend/autograd/grad_mode.h"
#include "frontend/optim/fields_inside.h"
#include "frontend/optim/optimizer.h"
#include "frontend/record/eval.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {

/// Opened by step(): no gradients, the user's line, the closure's loss; evaluates when `finish` is
/// called.
class Step {
 public:
  Step(const char* optimizer, const LossClosure& closure);
  const Tensor& loss() const { return loss_; }
  /// What step() returns: evaluates everything alive as one executable and hands the loss out.
  Tensor finish();

 private:
  record::Call call_;
  record::Scope scope_;
  NoGradGuard no_grad_;
  record::Step writes_;
  Tensor loss_;
};

/// The state of a parameter as a T, made by `make` when there is none.
template <typename T, typename Make>
T& state_of(Optimizer::State& states, const Tensor& param, Make make) {
  auto& state = states[param.unsafeGetTensorImpl()];
  if (!state) state = make();
  state->follow(param);
  return static_cast<T&>(*state);
}

/// A step that treats its parameters one by one: those that have a gradient, each with its state.
/// `start(state, param, options)` fills the state before the first update. It makes values, records
/// nothing (record::known_zeros), so that the first update is the graph of all later ones.
template <class State, class Options, class Start, class Update>
Tensor step_each(const char* name, Optimizer& optimizer, const LossClosure& closure, Start start,
                 Update update) {
  Step step(name, closure);
  for (auto& group : optimizer.param_groups()) {
    const auto& options = static_cast<const Options&>(group.options());
    for (auto& p : group.params()) {
      if (!p.grad().defined()) continue;
      auto& state = state_of<State>(optimizer.state(), p, [&] {
        auto fresh = std::make_unique<State>();
        start(*fresh, p, options);
        return fresh;
      });
      update(p, state, options);
    }
  }
  return step.finish();
}

/// What the update goes down along: the gradient, turned round to go up, with the part of the
/// parameter that weight decay adds.
template <class Options> Tensor descent(const Tensor& p, const Options& options) {
  Tensor grad = options.maximize() ? -p.grad() : p.grad();
  return options.weight_decay() != 0 ? grad.add(p, options.weight_decay()) : grad;
}

/// The average moved towards the gradient by 1 - beta. As a tensor, so that a beta on the other side
/// of a half, where lerp takes its other formula, is the same graph.
inline Tensor moved_average(const Tensor& average, const Tensor& grad, double beta) {
  return average.lerp(grad, torch::scalar_tensor(1 - beta, average.options()));
}

// Checks that the constructors share. libtorch's sentences.
template <class Options> void check_lr(const Options& o) {
  TORCH_CHECK(o.lr() >= 0, "Invalid learning rate: ", o.lr());
}
template <class Options> void check_weight_decay(const Options& o) {
  TORCH_CHECK(o.weight_decay() >= 0, "Invalid weight_decay value: ", o.weight_decay());
}
template <class Options> void check_eps(const Options& o) {
  TORCH_CHECK(o.eps() >= 0, "Invalid epsilon value: ", o.eps());
}
template <class Options> void check_betas(const Options& o) {
  const auto [beta1, beta2] = o.betas();
  TORCH_CHECK(0 <= beta1 && beta1 < 1.0, "Invalid beta parameter at index 0: ", beta1);
  TORCH_CHECK(0 <= beta2 && beta2 < 1.0, "Invalid beta parameter at index 1: ", beta2);
}

/// The options, after `check` looked at them; its errors are at the line `where`.
template <class Options, class Check>
std::unique_ptr<OptimizerOptions> checked(const Options& options, Location where, Check check) {
  record::Call call(where);
  check(options);
  return std::make_unique<Options>(options);
}
/// Defines a class of WEFT_OPTIMIZER but for its step: `check` is called with the options.
#define WEFT_DEFINE_OPTIMIZER(Name, check)                                                   \
  Name::Name(const std::vector<OptimizerParamGroup>& param_groups, Name##Options defaults,   \
             Location where)                                                                 \
      : Optimizer(param_groups, checked(defaults, where, check), where) {}                   \
  Name::Name(std::vector<Tensor> params, Name##Options defaults, Location where)             \
      : Optimizer(std::move(params), checked(defaults, where, check), where) {}              \
  std::unique_ptr<OptimizerParamState> Name::new_state() const {                             \
    return std::make_unique<Name##ParamState>();                                             \
  }
}  // namespace optim
}  // namespace torch
