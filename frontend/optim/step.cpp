#include "frontend/optim/step.h"

namespace torch {
namespace optim {

Step::Step(const char* optimizer, const LossClosure& closure)
    : call_(closure.where()),
      scope_(record::intern(optimizer)),
      writes_("optimizer.step()", closure.where()) {
  if (!closure) return;
  AutoGradMode with_grad(true);
  loss_ = closure();
}

Tensor Step::finish() {
  writes_.end();
  return loss_;
}
}  // namespace optim
}  // namespace torch
