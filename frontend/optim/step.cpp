#include "frontend/optim/step.h"

#include "frontend/tensor/factories.h"

namespace torch {
namespace optim {

Step::Step(const char* optimizer, const LossClosure& closure)
    : call_(closure.where()), scope_(record::intern(optimizer)), writes_("optimizer.step()", closure.where()) {
  if (!closure) return;
  AutoGradMode with_grad(true);
  loss_ = closure();
}

Tensor Step::finish() {
  writes_.end();
  return loss_;
}

Tensor evaluated_zeros(const Tensor& param) {
  Tensor zeros = torch::zeros_like(param);
  eval(zeros);
  return zeros;
}
}  // namespace optim
}  // namespace torch
