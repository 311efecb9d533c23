// The workloads of the benchmarks, in the API that Weft and libtorch have in common: one source for
// both.
#pragma once
#include <torch/torch.h>

#include <functional>
#include <string>
#include <vector>

namespace bench {
/// One step: a training step (forward, backward, update), or a forward pass. Its values are there
/// when it returns.
using Step = std::function<torch::Tensor()>;
struct Workload {
  const char* name;
  const char* what;
  Step (*make)();
};
const std::vector<Workload>& workloads();

/// A training step of a model.
template <class Model, class Optimizer, class Loss>
Step training(Model model, std::shared_ptr<Optimizer> optimizer, Loss loss_of) {
  return [=]() mutable {
    optimizer->zero_grad();
    torch::Tensor loss = loss_of(model);
    loss.backward();
    optimizer->step();
    return loss;
  };
}
// sequences.cpp
Step lstm();
Step gpt();
Step gpt_bf16();
// resnet.cpp
Step resnet18();

/// Where the workloads' tensors live.
torch::Device& device();
/// Standard normal numbers, the same on every library.
torch::Tensor normal(std::vector<int64_t> sizes, double scale = 1);
/// Integers from 0 to n - 1.
torch::Tensor integers(int64_t n, int64_t count);
/// Moves the module there and gives every parameter such numbers, scaled by 1 / sqrt(fan in).
void fill(torch::nn::Module& module);
/// Values must be there: libtorch has them, Weft is told to evaluate; a GPU is waited for.
void sync(const std::vector<torch::Tensor>& tensors);
}  // namespace bench
