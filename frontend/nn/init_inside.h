#pragma once
#include "frontend/autograd/grad_mode.h"
#include "frontend/record/scope.h"

namespace torch {
namespace nn {
namespace init {
/// What every initialiser opens: no gradients; what goes wrong does so at the caller's line.
class Filling {
 public:
  explicit Filling(Location where) : call_(where) {}

 private:
  record::Call call_;
  NoGradGuard no_grad_;
};
}  // namespace init
}  // namespace nn
}  // namespace torch
