/// The ops of the oracle, by family. Results come in with their types and zeros.
#pragma once
#include <functional>
#include <vector>

#include "tests/reference/oracle.h"

namespace torch {
namespace reference {

using Operands = std::vector<const OracleTensor*>;
using Results = std::vector<OracleTensor>;

void oracle_op(const op::GraphNode& node, const Operands& operands, Results& results);
void oracle_elementwise(const op::GraphNode& node, const Operands& operands, Results& results);
// reductions, contractions
void oracle_sums(const op::GraphNode& node, const Operands& operands, Results& results);
void oracle_window(const op::GraphNode& node, const Operands& operands, Results& results);
// views, indexing, creation
void oracle_moves(const op::GraphNode& node, const Operands& operands, Results& results);
void oracle_random(const op::GraphNode& node, const Operands& operands, Results& results);

/// Integers wrap to their type; floating values stay.
long double wrapped(long double value, op::DType dtype);

using Index = std::vector<int64_t>;
/// Calls `f(index, flat)` for every index of a shape, in row-major order.
void for_each_index(op::Span<int64_t> dims, const std::function<void(const Index&, int64_t)>& f);
/// The row-major position of an index.
int64_t flat_index(op::Span<int64_t> dims, const Index& index);
}  // namespace reference
}  // namespace torch
