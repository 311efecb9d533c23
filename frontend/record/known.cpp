#include <algorithm>

#include "frontend/record/eval.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/record/transfer.h"

namespace torch {
namespace record {

Tensor known_full(const Tensor& like, double value) {
  const Type type = impl(like)->type();
  runtime::BufferRef buffer = new_memory(type, Location::none());
  op::visit_dtype(type.dtype, [&](auto zero) {
    using T = decltype(zero);
    T* elements = static_cast<T*>(buffer->data());
    std::fill(elements, elements + type.numel(), static_cast<T>(value));
  });
  if (is_gpu(impl(like)->storage->home)) buffer = brought(buffer, impl(like)->storage->home);
  return make_tensor(data(type, std::move(buffer)));
}
Tensor known_zeros(const Tensor& like) { return known_full(like, 0); }
}  // namespace record
}  // namespace torch
