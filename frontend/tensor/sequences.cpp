// Sequences of numbers that are made of others, and the places of triangles.
#include <cmath>

#include "frontend/tensor/factories.h"
#include "frontend/tensor/host_inside.h"
#include "frontend/tensor/operators.h"

namespace torch {
using record::Composite;

Tensor logspace(const Scalar& start, const Scalar& end, int64_t steps, double base,
                const TensorOptions& o, Location where) {
  Composite composite("logspace", nullptr, where);
  if (steps < 0) refuse(where, "logspace", "number of steps must be non-negative");
  const ScalarType type = o.dtype().toScalarType();
  Tensor t = torch::pow(base, torch::linspace(start, end, steps, o.dtype(kDouble).requires_grad(false))).to(type);
  return o.requires_grad() ? t.requires_grad_(true) : t;
}

Tensor range(const Scalar& start, const Scalar& end, const Scalar& step, const TensorOptions& o,
             Location where) {
  Composite composite("range", nullptr, where);
  const double a = start.toDouble(), b = end.toDouble(), by = step.toDouble();
  if (by == 0) refuse(where, "range", "step must be nonzero");
  if (!std::isfinite(a) || !std::isfinite(b))
    refuse(where, "range", "unsupported range: ", a, " -> ", b);
  if (by > 0 ? b < a : b > a)
    refuse(where, "range", "upper bound and lower bound inconsistent with step sign");
  const int64_t count = static_cast<int64_t>((b - a) / by + 1);
  const ScalarType type = o.dtype().toScalarType(), exact = isFloatingType(type) ? kDouble : kLong;
  Tensor t = (torch::arange(count, o.dtype(exact).requires_grad(false)) * step + start).to(type);
  return o.requires_grad() ? t.requires_grad_(true) : t;
}
Tensor range(const Scalar& start, const Scalar& end, const TensorOptions& o, Location where) {
  return range(start, end, 1, o, where);
}

namespace {
Tensor triangle_indices(int64_t rows, int64_t columns, int64_t offset, bool lower,
                        const TensorOptions& o, const char* what, Location where) {
  Composite composite(what, nullptr, where);
  if (rows < 0) refuse(where, what, "row must be non-negative, got", rows);
  if (columns < 0) refuse(where, what, "col must be non-negative, got", columns);
  std::vector<int64_t> places, of_columns;
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < columns; ++j)
      if (lower ? j - i <= offset : j - i >= offset) {
        places.push_back(i);
        of_columns.push_back(j);
      }
  const int64_t count = static_cast<int64_t>(places.size());
  places.insert(places.end(), of_columns.begin(), of_columns.end());
  return record::make_tensor(host_vector(places, home_for(o, How(where, nullptr, what))))
      .reshape({2, count})
      .to(o.has_dtype() ? o.dtype().toScalarType() : kLong);
}
}  // namespace
Tensor tril_indices(int64_t row, int64_t col, int64_t offset, const TensorOptions& o,
                    Location where) {
  return triangle_indices(row, col, offset, true, o, "tril_indices", where);
}
Tensor triu_indices(int64_t row, int64_t col, int64_t offset, const TensorOptions& o,
                    Location where) {
  return triangle_indices(row, col, offset, false, o, "triu_indices", where);
}
}  // namespace torch
