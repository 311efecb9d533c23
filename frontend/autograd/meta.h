/// What autograd knows of one tensor beyond its history: whether it is a leaf that wants a
/// gradient, and that gradient.
#pragma once
#include "frontend/record/node.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace autograd {

struct Meta {
  std::atomic<uint32_t> references{1};
  bool requires_grad = false;  // a leaf's
  bool retains_grad = false;   // of a tensor that is no leaf
  Tensor grad;
  std::string name;
};
inline void retain(Meta* m) { m->references.fetch_add(1, std::memory_order_relaxed); }
/// Of the tensor; made on demand.
Meta* meta_of(const Tensor& t);
}  // namespace autograd
}  // namespace torch
