#include <cmath>
#include <stdexcept>

#include "tests/reference/oracle_ops.h"

namespace torch {
namespace reference {
namespace {

using op::Op;

Index slice_position(const Index& index, const Operands& operands, size_t first_start,
                     op::Span<int64_t> steps) {
  Index at = index;
  for (size_t d = 0; d < at.size(); ++d)
    at[d] = static_cast<int64_t>((*operands[first_start + d])[0]) + index[d] * steps[d];
  return at;
}

void check(op::Span<int64_t> dims, const Index& at) {
  for (size_t d = 0; d < at.size(); ++d)
    if (at[d] < 0 || at[d] >= dims[d])
      throw std::out_of_range("oracle: index " + std::to_string(at[d]) + " of dimension " +
                              std::to_string(d));
}

// Starts of slices without elements are places, too.
void check_starts(const Operands& operands, size_t first_start) {
  for (size_t d = 0; first_start + d < operands.size(); ++d) {
    const long double at = (*operands[first_start + d])[0];
    if (at < 0 || at > static_cast<long double>(operands[0]->type.dims[d]))
      throw std::out_of_range("oracle: start of dimension " + std::to_string(d));
  }
}

void view(const op::GraphNode& node, const Operands& operands, OracleTensor& y) {
  const OracleTensor& x = *operands[0];
  const op::Dims &dims = x.type.dims, &out = y.type.dims;
  auto put = [&](const Index& at, long double v) {
    check(out, at);
    y.values[static_cast<size_t>(flat_index(out, at))] = v;
  };
  auto each = [&](const std::function<Index(const Index&)>& source) {
    for_each_index(out, [&](const Index& index, int64_t flat) {
      const Index at = source(index);
      check(dims, at);
      y.values[static_cast<size_t>(flat)] = x[flat_index(dims, at)];
    });
  };
  switch (node.op) {
    case Op::reshape: y.values = x.values; return;
    case Op::permute:
      return each([&](const Index& index) {
        Index at(index.size());
        for (size_t d = 0; d < at.size(); ++d)
          at[static_cast<size_t>(op::attrs::permute(node.attrs).permutation[d])] = index[d];
        return at;
      });
    case Op::expand:
      return each([&](const Index& index) {
        Index at(index.end() - static_cast<int64_t>(dims.size()), index.end());
        for (size_t d = 0; d < at.size(); ++d)
          if (dims[d] == 1) at[d] = 0;
        return at;
      });
    case Op::flip:
      return each([&](const Index& index) {
        Index at = index;
        for (int64_t d : op::attrs::flip(node.attrs).dims)
          at[static_cast<size_t>(d)] =
              dims[static_cast<size_t>(d)] - 1 - at[static_cast<size_t>(d)];
        return at;
      });
    case Op::slice:
      check_starts(operands, 1);
      return each([&](const Index& index) {
        return slice_position(index, operands, 1, op::attrs::slice(node.attrs).steps);
      });
    case Op::insert:
      check_starts(operands, 2);
      y.values = x.values;
      return for_each_index(operands[1]->type.dims, [&](const Index& index, int64_t flat) {
        put(slice_position(index, operands, 2, op::attrs::insert(node.attrs).steps),
            (*operands[1])[flat]);
      });
    case Op::pad: {
      const op::attrs::pad a(node.attrs);
      for (long double& v : y.values) v = (*operands[1])[0];
      return for_each_index(dims, [&](const Index& index, int64_t flat) {
        Index at = index;
        for (size_t d = 0; d < at.size(); ++d) at[d] = a.low[d] + index[d] * (a.interior[d] + 1);
        put(at, x[flat]);
      });
    }
    case Op::concat: {
      const size_t dim = static_cast<size_t>(op::attrs::concat(node.attrs).dim);
      int64_t begin = 0;
      for (const OracleTensor* t : operands) {
        for_each_index(t->type.dims, [&](const Index& index, int64_t flat) {
          Index at = index;
          at[dim] += begin;
          put(at, (*t)[flat]);
        });
        begin += t->type.dims[dim];
      }
      return;
    }
    default: throw std::invalid_argument(std::string("oracle: no view ") + op::name(node.op));
  }
}

long double combined(Op op, long double old, long double update, op::DType dtype) {
  switch (op) {
    case Op::scatter: return update;
    case Op::scatter_mul: return wrapped(old * update, dtype);
    case Op::scatter_max: return std::isnan(old) || old > update ? old : update;
    case Op::scatter_min: return std::isnan(old) || old < update ? old : update;
    default: return wrapped(old + update, dtype);
  }
}

void indexing(const op::GraphNode& node, const Operands& operands, OracleTensor& y) {
  const OracleTensor &x = *operands[0], &index = *operands[1];
  const size_t dim = static_cast<size_t>(op::attrs::gather(node.attrs).dim);
  const bool whole_slices = node.op == Op::index_select || node.op == Op::index_add;
  // The element of x that element `at` of the index (of the slices, for index_select) names.
  auto place = [&](const Index& at) {
    Index to = at;
    to[dim] = static_cast<int64_t>(whole_slices ? index[at[dim]]
                                                : index[flat_index(index.type.dims, at)]);
    check(x.type.dims, to);
    return static_cast<size_t>(flat_index(x.type.dims, to));
  };
  if (node.op == Op::gather || node.op == Op::index_select)
    return for_each_index(y.type.dims, [&](const Index& at, int64_t flat) {
      y.values[static_cast<size_t>(flat)] = x.values[place(at)];
    });
  y.values = x.values;
  const OracleTensor& src = *operands[2];
  for_each_index(src.type.dims, [&](const Index& at, int64_t flat) {
    long double& v = y.values[place(at)];
    v = combined(node.op, v, src[flat], y.type.dtype);
  });
}

// How many elements stand before an element says where it goes.
void argsort(const op::GraphNode& node, const OracleTensor& x, OracleTensor& y) {
  const op::attrs::argsort a(node.attrs);
  const size_t dim = static_cast<size_t>(a.dim);
  const int64_t n = x.type.dims[dim];
  for_each_index(x.type.dims, [&](const Index& index, int64_t flat) {
    const long double v = x[flat];
    Index other = index, to = index;
    to[dim] = 0;
    for (int64_t r = 0; r < n; ++r) {
      other[dim] = r;
      const long double w = x[flat_index(x.type.dims, other)];
      const bool v_nan = std::isnan(v), w_nan = std::isnan(w);
      const bool equal = (v_nan && w_nan) || v == w;
      const bool smaller = w < v || (v_nan && !w_nan);
      const bool first = equal ? r < index[dim] : a.descending ? !smaller : smaller;
      to[dim] += first;
    }
    if (to[dim] < a.count)
      y.values[static_cast<size_t>(flat_index(y.type.dims, to))] =
          static_cast<long double>(index[dim]);
  });
}
}  // namespace

void oracle_moves(const op::GraphNode& node, const Operands& operands, Results& results) {
  OracleTensor& y = results[0];
  if (node.op == Op::constant) {
    const op::Literal value = op::attrs::constant(node.attrs).value;
    for (long double& v : y.values)
      v = op::is_float(value.dtype) ? static_cast<long double>(value.as_double())
                                    : static_cast<long double>(value.as_int());
  } else if (node.op == Op::iota) {
    const size_t dim = static_cast<size_t>(op::attrs::iota(node.attrs).dim);
    for_each_index(y.type.dims, [&](const Index& at, int64_t flat) {
      y.values[static_cast<size_t>(flat)] =
          wrapped(static_cast<long double>(at[dim]), y.type.dtype);
    });
  } else if (op::info(node.op).family == op::Family::view) {
    view(node, operands, y);
  } else if (node.op == Op::argsort) {
    argsort(node, *operands[0], y);
  } else {
    indexing(node, operands, y);
  }
}
}  // namespace reference
}  // namespace torch
