#include "frontend/record/cost.h"

#include <algorithm>

namespace torch {
namespace record {
namespace {
// Multiply-adds of a contraction.
double products(op::Op op, op::Span<op::Type> operands, const op::Type& result) {
  const op::Type &a = operands[0], &b = operands[1];
  const double out = static_cast<double>(result.numel());
  if (op == op::Op::matmul) return a.rank() ? out * static_cast<double>(a.dims.back()) : 0;
  // Of a convolution and its gradients: every element of dy (or y) meets every weight of one output
  // channel.
  const op::Type& weight = op == op::Op::conv_weight_grad ? result : b;
  const op::Type& grid = op == op::Op::conv ? result : a;
  if (weight.rank() == 0 || weight.dims[0] == 0) return 0;
  return static_cast<double>(grid.numel()) * static_cast<double>(weight.numel()) /
         static_cast<double>(weight.dims[0]);
}
}  // namespace

double cost(op::Op op, op::Span<op::Type> operands, op::Span<op::Type> results) {
  constexpr double call = 60, element = 1.5, product = 0.7;
  double elements = 0;
  for (const op::Type& t : results) elements += static_cast<double>(t.numel());
  if (op::info(op).family == op::Family::reduction)
    for (const op::Type& t : operands) elements += static_cast<double>(t.numel());
  double total = call + element * elements;
  if (op::info(op).family == op::Family::contraction)
    total += product * products(op, operands, results[0]);
  return total;
}
}  // namespace record
}  // namespace torch
