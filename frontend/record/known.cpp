#include <cstring>

#include "frontend/record/eval.h"
#include "frontend/record/tensor_impl.h"

namespace torch {
namespace record {

Tensor known_zeros(const Tensor& like) {
  const Type type = impl(like)->type();
  runtime::BufferRef buffer = new_memory(type, Location::none());
  std::memset(buffer->data(), 0, type.bytes());
  return make_tensor(data(type, std::move(buffer)));
}
}  // namespace record
}  // namespace torch
