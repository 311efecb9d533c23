#pragma once
#include "frontend/data/datasets/map.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace data {
namespace datasets {
/// The slices of a tensor along its first dim.
struct TensorDataset : public Dataset<TensorDataset, TensorExample> {
  explicit TensorDataset(const std::vector<Tensor>& tensors) : TensorDataset(torch::stack(tensors)) {}
  explicit TensorDataset(Tensor tensor) : tensor(std::move(tensor)) {}
  TensorExample get(size_t index) override { return tensor[static_cast<int64_t>(index)]; }
  std::optional<size_t> size() const override { return static_cast<size_t>(tensor.size(0)); }

  Tensor tensor;
};
}  // namespace datasets
}  // namespace data
}  // namespace torch
