/// The examples of a batch stacked along a new first dim.
#pragma once
#include "frontend/data/example.h"
#include "frontend/data/transforms/lambda.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace data {
namespace transforms {
template <typename T = Example<>> struct Stack;

template <> struct Stack<Example<>> : public Collation<Example<>> {
  Example<> apply_batch(std::vector<Example<>> examples) override {
    std::vector<Tensor> data, targets;
    data.reserve(examples.size());
    targets.reserve(examples.size());
    for (Example<>& example : examples) {
      data.push_back(std::move(example.data));
      targets.push_back(std::move(example.target));
    }
    return {torch::stack(data), torch::stack(targets)};
  }
};

template <> struct Stack<TensorExample> : public Collation<Example<Tensor, example::NoTarget>> {
  TensorExample apply_batch(std::vector<TensorExample> examples) override {
    std::vector<Tensor> data;
    data.reserve(examples.size());
    for (TensorExample& example : examples) data.push_back(std::move(example.data));
    return torch::stack(data);
  }
};
}  // namespace transforms
}  // namespace data
}  // namespace torch
