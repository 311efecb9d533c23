/// A second opinion on what a graph means: every element a long double (which holds every double
/// and every int64), functions of libm, sums in plain order. It shares no code with ir/scalar,
/// ir/op/order.h or runtime/reference; element types matter only where integers wrap.
#pragma once
#include <vector>

#include "ir/op/graph.h"

namespace torch {
namespace reference {

struct OracleTensor {
  op::Type type;
  std::vector<long double> values;
  long double operator[](int64_t i) const { return values[static_cast<size_t>(i)]; }
};

/// The values of the graph's outputs, floating ones as if computed in long double throughout.
/// Throws std::invalid_argument for weft.grad and std::out_of_range for an index out of range.
std::vector<OracleTensor> oracle(const op::Graph& graph, const std::vector<OracleTensor>& inputs);

/// What lies at `data`, and a tensor of given values.
OracleTensor oracle_tensor(const op::Type& type, const void* data);
}  // namespace reference
}  // namespace torch
