// Tensors from nothing.
#include <cstring>

#include "runtime/reference/call.h"

namespace torch {
namespace reference {

// An index as an element.
template <class T> T number(int64_t i) {
  if constexpr (op::DTypeOf<T>::is_half) return static_cast<T>(static_cast<float>(i));
  else return static_cast<T>(i);
}

void constant(const Call& c) {
  const op::Literal value = op::attrs::constant(c.attrs).value;
  const int64_t n = c.result_type().numel();
  op::visit_dtype(value.dtype, [&](auto t) {
    using T = decltype(t);
    T v;
    if constexpr (op::DTypeOf<T>::is_float) v = static_cast<T>(value.as_double());
    else v = static_cast<T>(value.as_int());
    for (int64_t i = 0; i < n; ++i) c.out<T>()[i] = v;
  });
}

void iota(const Call& c) {
  const op::attrs::iota a(c.attrs);
  const size_t dim = static_cast<size_t>(a.dim);
  int64_t outer = 1, size = a.sizes[dim], inner = 1;
  for (size_t i = 0; i < dim; ++i) outer *= a.sizes[i];
  for (size_t i = dim + 1; i < a.sizes.size(); ++i) inner *= a.sizes[i];
  op::visit_dtype(a.dtype, [&](auto t) {
    using T = decltype(t);
    T* y = c.out<T>();
    for (int64_t o = 0; o < outer; ++o)
      for (int64_t i = 0; i < size; ++i)
        for (int64_t j = 0; j < inner; ++j) *y++ = number<T>(i);
  });
}
}  // namespace reference
}  // namespace torch
