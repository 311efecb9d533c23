#include "tests/reference/oracle_ops.h"

#include <cmath>
#include <stdexcept>

namespace torch {
namespace reference {

long double wrapped(long double value, op::DType dtype) {
  if (op::is_float(dtype)) return value;
  if (dtype == op::DType::Bool) return value != 0;
  // Products of two int64 do not fit a long double; their callers wrap them before. Sums do.
  const long double size = std::ldexp(1.0L, static_cast<int>(8 * op::dtype_bytes(dtype)));
  value = std::trunc(value);
  value -= std::floor(value / size) * size;
  return dtype != op::DType::Byte && value >= size / 2 ? value - size : value;
}

void for_each_index(op::Span<int64_t> dims, const std::function<void(const Index&, int64_t)>& f) {
  for (int64_t d : dims)
    if (d == 0) return;
  Index index(dims.size(), 0);
  for (int64_t flat = 0;; ++flat) {
    f(index, flat);
    size_t d = dims.size();
    while (d > 0 && ++index[d - 1] == dims[d - 1]) index[--d] = 0;
    if (d == 0) return;
  }
}

int64_t flat_index(op::Span<int64_t> dims, const Index& index) {
  int64_t flat = 0;
  for (size_t i = 0; i < dims.size(); ++i) flat = flat * dims[i] + index[i];
  return flat;
}

void oracle_op(const op::GraphNode& node, const Operands& operands, Results& results) {
  switch (op::info(node.op).family) {
    case op::Family::elementwise: return oracle_elementwise(node, operands, results);
    case op::Family::reduction:
    case op::Family::contraction: return oracle_sums(node, operands, results);
    case op::Family::window: return oracle_window(node, operands, results);
    case op::Family::view: case op::Family::indexing: case op::Family::creation:
      return oracle_moves(node, operands, results);
    case op::Family::random: return oracle_random(node, operands, results);
    case op::Family::control: break;
  }
  if (node.op == op::Op::detach || node.op == op::Op::require)
    results[0].values = operands[0]->values;
  else if (node.op == op::Op::cached)
    results[0].values = operands[1]->values;
  else
    throw std::invalid_argument(std::string("oracle: got ") + op::name(node.op) +
                                "; expected an op on tensors");
}
}  // namespace reference
}  // namespace torch
