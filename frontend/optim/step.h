/// What every step() of the library's optimizers does around its updates.
#pragma once
#include <vector>

#include "frontend/autograd/grad_mode.h"
#include "frontend/optim/optimizer.h"
#include "frontend/record/eval.h"
#include "frontend/record/scope.h"

namespace torch {
namespace optim {

/// Opened by step(): no gradients, the user's line, the closure's loss; evaluates when `finish` is
/// called.
class Step {
 public:
  Step(const char* optimizer, const LossClosure& closure);
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
  return static_cast<T&>(*state);
}
}  // namespace optim
}  // namespace torch
