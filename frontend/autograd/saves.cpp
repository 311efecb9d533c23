#include "frontend/autograd/saves.h"

namespace torch {
namespace autograd {
using op::Op;

Saves vjp_reads(Op op, uint32_t wanting) {
  const op::OpInfo& row = op::info(op);
  const Saves all{row.vjp_reads_operands, row.vjp_reads_results};
  const bool first = wanting & 1, second = wanting & 2;
  switch (op) {
    case Op::mul:
    case Op::matmul:
    case Op::conv:
    case Op::conv_input_grad:
    case Op::conv_weight_grad:
      return {(first ? bit(1) : 0) | (second ? bit(0) : 0), 0};
    case Op::div:
      return {all.operands, second ? all.results : 0};
    case Op::pow:
      return {all.operands, second ? all.results : 0};
    case Op::fmod:
    case Op::remainder:
      return {second ? all.operands : 0, all.results};
    case Op::grad:
      // Expanded again from what it was given.
      return {~0u, 0};
    default:
      return all;
  }
}

Saves torch_saves(Op op, uint32_t wanting) {
  const Saves ours = vjp_reads(op, wanting);
  switch (op) {
    case Op::div:
      return {bit(1) | (wanting & 2 ? bit(0) : 0), 0};
    case Op::max_pool:
      return {bit(0), ours.results};
    case Op::slice:   // where it starts is a number to torch
    case Op::insert:
    case Op::grad:
      return {};
    default:
      return ours;
  }
}
}  // namespace autograd
}  // namespace torch
