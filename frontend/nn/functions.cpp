#include "frontend/nn/functions.h"

#include <algorithm>
#include <vector>

#include "frontend/nn/composite.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/out.h"

namespace torch {
using nn::Composite;

Tensor linear(In input, const Tensor& weight, const std::optional<Tensor>& bias) {
  if (const Autocast cast(casts::linear, {input, weight, bias}); cast.on())
    return linear(In(cast[0], input.where), cast[1], cast[2]);
  Composite composite("linear", "AddmmBackward0", input.where);
  const Tensor& x = input;
  // libtorch multiplies by the transposed weight and names these shapes in its message.
  TORCH_CHECK(weight.dim() <= 2, "t() expects a tensor with <= 2 dimensions, but self is ",
              weight.dim(), "D");
  const bool fits = weight.dim() <= 2 && x.dim() > 0 && x.size(-1) == weight.size(-1);
  if (!fits && weight.dim() == 2 && x.dim() > 0) {
    const int64_t rows = x.numel() / std::max<int64_t>(x.size(-1), 1);
    TORCH_CHECK(false, "mat1 and mat2 shapes cannot be multiplied (", rows, "x", x.size(-1),
                " and ", weight.size(1), "x", weight.size(0), ")");
  }
  Tensor y = x.matmul(weight.dim() == 2 ? weight.t() : weight);
  return nn::given(bias) ? y + *bias : y;
}
Tensor& linear_out(Tensor& out, In input, const Tensor& weight, const std::optional<Tensor>& bias) {
  return detail::write_out(out, torch::linear(input, weight, bias), "linear", input.where);
}
}  // namespace torch
