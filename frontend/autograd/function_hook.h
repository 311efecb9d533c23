/// Hooks that a program hangs on ops of the graph of gradients.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
namespace autograd {
using Variable = Tensor;
using variable_list = std::vector<Tensor>;
using tensor_list = std::vector<Tensor>;

/// Sees the gradients that come to an op, and gives those that it gets.
struct FunctionPreHook {
  virtual ~FunctionPreHook() = default;
  virtual variable_list operator()(const variable_list& grads) = 0;
};
/// Sees the gradients that an op gives (and those that came to it), and gives those that flow on.
struct FunctionPostHook {
  virtual ~FunctionPostHook() = default;
  virtual variable_list operator()(const variable_list& outputs, const variable_list& inputs) = 0;
};
/// Sees a leaf after a gradient was added to its own.
struct PostAccumulateGradHook {
  virtual ~PostAccumulateGradHook() = default;
  virtual void operator()(const Variable& tensor) = 0;
};

/// Those of one op.
struct NodeHooks {
  std::vector<std::unique_ptr<FunctionPreHook>> pre, tensor_pre, retains;
  std::vector<std::unique_ptr<FunctionPostHook>> post;
  std::unique_ptr<PostAccumulateGradHook> post_accumulate;  // of AccumulateGrad
  bool empty() const {
    return pre.empty() && tensor_pre.empty() && retains.empty() && post.empty() && !post_accumulate;
  }
};
}  // namespace autograd
}  // namespace torch
