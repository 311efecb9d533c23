/// at::native's names of functions that programs call there.
#pragma once
#include "frontend/tensor/tensor.h"

namespace at {
namespace native {
/// Of one element: whether it is not zero. Evaluates.
inline bool is_nonzero(const torch::Tensor& self,
                       torch::Location where = torch::Location::current()) {
  if (self.numel() != 1)
    throw c10::Error(self.numel() == 0
                         ? "Boolean value of Tensor with no values is ambiguous"
                         : "Boolean value of Tensor with more than one value is ambiguous",
                     where);
  return self.item(where).toDouble() != 0;
}
}  // namespace native
}  // namespace at
