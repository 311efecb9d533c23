// What cases of modules share.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {

/// Gives every parameter numbers of its own, smaller than 1.
inline void fill(torch::nn::Module& module) {
  torch::NoGradGuard no_grad;
  double seed = 1;
  for (Tensor p : module.parameters()) p.copy_(wave(p.sizes().vec(), seed++) * 0.6);
}

/// Shows what `run` gives and the gradients of a weighted sum of it: those of inputs that are
/// defined, and of all parameters.
inline void module_gradients(const Show& show, const std::string& name, torch::nn::Module& module,
                             std::vector<Tensor> inputs, const std::function<Tensor()>& run) {
  std::vector<Tensor> all;
  for (const Tensor& t : inputs)
    if (t.defined()) all.push_back(t);
  for (const Tensor& t : module.parameters()) all.push_back(t);
  with_gradients(show, name, all, run);
}
}  // namespace golden
