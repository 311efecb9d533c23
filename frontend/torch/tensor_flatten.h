/// Several tensors in one vector, and out of it again.
#pragma once
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace utils {
inline Tensor flatten_dense_tensors(TensorListIn tensors) {
  std::vector<Tensor> rows;
  for (const Tensor& t : tensors.list) rows.push_back(t.contiguous().view(-1));
  return torch::cat(rows);
}
/// Parts of `flat` with the sizes of the tensors: views, but for empty ones.
inline std::vector<Tensor> unflatten_dense_tensors(In flat, TensorList tensors) {
  std::vector<Tensor> parts;
  int64_t at = 0;
  for (const Tensor& t : tensors) {
    const int64_t n = t.numel();
    parts.push_back(n ? flat->narrow(0, at, n).view(t.sizes())
                      : torch::empty(t.sizes(), t.options()));
    at += n;
  }
  return parts;
}
}  // namespace utils
}  // namespace torch
