// Elementwise ops: broadcasting here, the loops over the formulas in elementwise_rows.h.
#include "runtime/reference/bad_value.h"
#include "runtime/reference/call.h"
#include "runtime/reference/strided.h"
#include "runtime/reference/variants.h"

namespace torch {
namespace reference {
namespace {

Row find_row(op::Op op, op::DType dtype) {
  const bool fast = has_fma();
  switch (dtype) {
    case op::DType::Float: return fast ? fma::float_row(op) : baseline::float_row(op);
    case op::DType::Double: return fast ? fma::double_row(op) : baseline::double_row(op);
    default: return fast ? fma::integer_row(op, dtype) : baseline::integer_row(op, dtype);
  }
}

template <size_t N> void run(const Call& c, Row row) {
  const Dims& dims = c.result_type().dims;
  size_t bytes[N];
  bool equal = true;
  for (size_t i = 0; i < N; ++i) {
    bytes[i] = op::dtype_bytes(c.type(i).dtype);
    equal = equal && c.type(i).dims == dims;
  }
  if (equal) {
    const int64_t ones[3] = {1, 1, 1};
    return row(c.results[0], c.operands, ones, c.result_type().numel());
  }
  StridedLoop<N> loop;
  std::array<Dims, N> strides;
  for (size_t i = 0; i < N; ++i) strides[i] = broadcast_strides(c.type(i).dims, dims);
  for (size_t d = 0; d < dims.size(); ++d) {
    std::array<int64_t, N> steps;
    for (size_t i = 0; i < N; ++i) steps[i] = strides[i][d];
    loop.add(dims[d], steps);
  }
  char* y = c.out<char>();
  const size_t y_bytes = op::dtype_bytes(c.result_type().dtype);
  loop.rows({}, [&](const auto& at, int64_t n, const auto& steps) {
    const void* x[N];
    for (size_t i = 0; i < N; ++i) x[i] = c.in<char>(i) + at[i] * static_cast<int64_t>(bytes[i]);
    row(y, x, steps.data(), n);
    y += static_cast<size_t>(n) * y_bytes;
  });
}

// Of integers no element is divided by 0.
void check_divisors(const Call& c) {
  if (c.op != op::Op::div && c.op != op::Op::fmod && c.op != op::Op::remainder) return;
  if (c.result_type().numel() == 0) return;
  op::visit_computed(c.type(1).dtype, [&](auto zero) {
    if constexpr (!op::DTypeOf<decltype(zero)>::is_float)
      for (int64_t i = 0, n = c.type(1).numel(); i < n; ++i)
        if (c.in<decltype(zero)>(1)[i] == zero) throw_division_error();
  });
}
}  // namespace

void elementwise(const Call& c) {
  check_divisors(c);
  const size_t n = c.operand_types.size();
  const Row row = find_row(c.op, c.type(n - 1).dtype);
  n == 1 ? run<1>(c, row) : n == 2 ? run<2>(c, row) : run<3>(c, row);
}
}  // namespace reference
}  // namespace torch
