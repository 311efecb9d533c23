/// What the gradient of an op needs to see again. Masks: bit i stands for operand (or result) i,
/// bit 31 for all from 31 on.
#pragma once
#include "ir/op/op.h"

namespace torch {
namespace autograd {

inline uint32_t bit(size_t i) { return 1u << (i < 31 ? i : 31); }
inline bool has(uint32_t mask, size_t i) { return mask & bit(i); }

struct Saves {
  uint32_t operands = 0, results = 0;
  explicit operator bool() const { return operands | results; }
};
/// What our vjp reads when gradients of the operands in `wanting` are asked for: what an evaluation
/// keeps.
Saves vjp_reads(op::Op op, uint32_t wanting);
/// What torch's node would have saved: what must not be changed in place, and what a second
/// backward misses.
Saves torch_saves(op::Op op, uint32_t wanting);
}  // namespace autograd
}  // namespace torch
