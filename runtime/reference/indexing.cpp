// Elements chosen by integer tensors, one after the other in the order of the index.
#include <cstring>

#include "runtime/reference/call.h"
#include "runtime/reference/bad_value.h"
#include "runtime/reference/strided.h"

namespace torch {
namespace reference {
namespace {

template <class T> T wrapping_add(T a, T b) {
  if constexpr (std::is_integral<T>::value)
    return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
  else
    return a + b;
}
template <class T> T wrapping_mul(T a, T b) {
  if constexpr (std::is_integral<T>::value)
    return static_cast<T>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
  else
    return a * b;
}
/// As the scalar functions: nan wins, of two zeros the second.
template <class T> T combined(op::Op op, T a, T b) {
  switch (op) {
    case op::Op::scatter_mul: return wrapping_mul(a, b);
    case op::Op::scatter_max: return a > b || a != a ? a : b;
    case op::Op::scatter_min: return a < b || a != a ? a : b;
    default: return wrapping_add(a, b);
  }
}

/// The indices of an i32 or i64 tensor.
class Indices {
 public:
  Indices(const Call& c, size_t operand)
      : data_(c.operands[operand]), narrow_(c.type(operand).dtype == op::DType::Int) {}
  int64_t operator[](int64_t i) const {
    return narrow_ ? static_cast<const int32_t*>(data_)[i] : static_cast<const int64_t*>(data_)[i];
  }

 private:
  const void* data_;
  bool narrow_;
};

int64_t checked(int64_t index, int64_t size, int64_t dim) {
  if (index < 0 || index >= size) throw_index_error(index, size, dim);
  return index;
}

/// Calls `f(i, place)` for every element i of the index tensor: `place` is the offset in x that
/// gather reads.
template <class F> void for_gathered(const Call& c, int64_t dim, F&& f) {
  const Dims &x = c.type(0).dims, &dims = c.type(1).dims;
  const Indices index(c, 1);
  const Dims x_strides = op::row_major_strides(x), i_strides = op::row_major_strides(dims);
  const size_t d = static_cast<size_t>(dim);
  StridedLoop<2> loop;
  for (size_t i = 0; i < dims.size(); ++i)
    loop.add(dims[i], {i_strides[i], i == d ? 0 : x_strides[i]});
  loop.rows({0, 0}, [&](const auto& at, int64_t n, const auto& steps) {
    for (int64_t j = 0; j < n; ++j) {
      const int64_t i = at[0] + j * steps[0];
      f(i, at[1] + j * steps[1] + checked(index[i], x[d], dim) * x_strides[d]);
    }
  });
}

template <class F> void of_element_bytes(size_t bytes, F&& f) {
  switch (bytes) {
    case 1: return f(uint8_t());
    case 2: return f(uint16_t());
    case 4: return f(uint32_t());
    case 8: return f(uint64_t());
  }
}

void copy_x(const Call& c) {
  if (size_t bytes = c.result_type().bytes()) std::memcpy(c.results[0], c.operands[0], bytes);
}

/// x as (outer, size, inner) around `dim`, and the number of indices.
struct Slices {
  int64_t outer = 1, size, inner = 1, count;
  Slices(const Call& c, int64_t dim)
      : size(c.type(0).dims[static_cast<size_t>(dim)]), count(c.type(1).numel()) {
    const Dims& dims = c.type(0).dims;
    for (size_t i = 0; i < dims.size(); ++i)
      if (i != static_cast<size_t>(dim)) (i < static_cast<size_t>(dim) ? outer : inner) *= dims[i];
  }
};
}  // namespace

void gather(const Call& c) {
  of_element_bytes(op::dtype_bytes(c.result_type().dtype), [&](auto t) {
    using T = decltype(t);
    for_gathered(c, op::attrs::gather(c.attrs).dim,
                 [&](int64_t i, int64_t place) { c.out<T>()[i] = c.in<T>(0)[place]; });
  });
}

void scatter(const Call& c) {
  const int64_t dim = op::attrs::scatter(c.attrs).dim;
  copy_x(c);
  if (c.op == op::Op::scatter)
    return of_element_bytes(op::dtype_bytes(c.result_type().dtype), [&](auto t) {
      using T = decltype(t);
      for_gathered(c, dim, [&](int64_t i, int64_t place) { c.out<T>()[place] = c.in<T>(2)[i]; });
    });
  op::visit_computed(c.result_type().dtype, [&](auto t) {
    using T = decltype(t);
    for_gathered(c, dim, [&](int64_t i, int64_t place) {
      T& y = c.out<T>()[place];
      y = combined(c.op, y, c.in<T>(2)[i]);
    });
  });
}

void index_select(const Call& c) {
  const int64_t dim = op::attrs::index_select(c.attrs).dim;
  const Slices s(c, dim);
  const Indices index(c, 1);
  const size_t bytes = static_cast<size_t>(s.inner) * op::dtype_bytes(c.result_type().dtype);
  char* y = c.out<char>();
  for (int64_t i = 0; i < s.count; ++i) checked(index[i], s.size, dim);
  if (!bytes) return;
  for (int64_t o = 0; o < s.outer; ++o)
    for (int64_t i = 0; i < s.count; ++i, y += bytes)
      std::memcpy(y, c.in<char>(0) + static_cast<size_t>(o * s.size + index[i]) * bytes, bytes);
}

void index_add(const Call& c) {
  const int64_t dim = op::attrs::index_add(c.attrs).dim;
  const Slices s(c, dim);
  const Indices index(c, 1);
  for (int64_t i = 0; i < s.count; ++i) checked(index[i], s.size, dim);
  copy_x(c);
  op::visit_computed(c.result_type().dtype, [&](auto t) {
    using T = decltype(t);
    const T* src = c.in<T>(2);
    for (int64_t o = 0; o < s.outer; ++o)
      for (int64_t i = 0; i < s.count; ++i) {
        T* y = c.out<T>() + (o * s.size + index[i]) * s.inner;
        for (int64_t j = 0; j < s.inner; ++j) y[j] = wrapping_add(y[j], *src++);
      }
  });
}
}  // namespace reference
}  // namespace torch
