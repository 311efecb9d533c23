/// at::native's names of functions that programs call there.
#pragma once
#include "frontend/tensor/tensor.h"

namespace at {
namespace native {
/// Of one element: whether it is not zero. Evaluates.
inline bool is_nonzero(const torch::Tensor& self,
                       torch::Location where = torch::Location::current()) {
  return self.is_nonzero(where);
}
}  // namespace native
}  // namespace at
