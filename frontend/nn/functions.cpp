#include "frontend/nn/functions.h"

#include <algorithm>
#include <vector>

#include "frontend/nn/composite.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
using nn::Composite;

Tensor linear(In input, const Tensor& weight, const std::optional<Tensor>& bias) {
  Composite composite("linear", "AddmmBackward0", input.where);
  const Tensor& x = input;
  // libtorch multiplies by the transposed weight and names these shapes in its message.
  const bool fits = weight.dim() <= 2 && x.dim() > 0 && x.size(-1) == weight.size(-1);
  if (!fits && weight.dim() == 2 && x.dim() > 0) {
    const int64_t rows = x.numel() / std::max<int64_t>(x.size(-1), 1);
    TORCH_CHECK(false, "mat1 and mat2 shapes cannot be multiplied (", rows, "x", x.size(-1),
                " and ", weight.size(1), "x", weight.size(0), ")");
  }
  Tensor y = x.matmul(weight.dim() == 2 ? weight.t() : weight);
  return nn::given(bias) ? y + *bias : y;
}

Tensor bilinear(In input1, const Tensor& input2, const Tensor& weight,
                const std::optional<Tensor>& bias) {
  Composite composite("bilinear", nullptr, input1.where);
  const Tensor &a = input1, &b = input2;
  TORCH_CHECK(a.dim() == b.dim(), "bilinear(): input dimensions do not match: got ", a.dim(),
              " and ", b.dim());
  for (int64_t d = 0; d + 1 < a.dim(); ++d)
    TORCH_CHECK(a.size(d) == b.size(d), "bilinear(): input batch dimensions do not match at dim ",
                d, ": got ", a.size(d), " and ", b.size(d));
  TORCH_CHECK(weight.dim() == 3, "bilinear(): expected a weight of 3 dims (out, in1, in2), got ",
              weight.sizes());
  TORCH_CHECK(a.size(-1) == weight.size(1),
              "bilinear(): input1 size does not match weight size: got ", a.size(-1),
              " but expected ", weight.size(1));
  TORCH_CHECK(b.size(-1) == weight.size(2),
              "bilinear(): input2 size does not match weight size: got ", b.size(-1),
              " but expected ", weight.size(2));
  TORCH_CHECK(!nn::given(bias) || bias->size(0) == weight.size(0),
              "bilinear(): bias size does not match weight size: got ",
              nn::given(bias) ? bias->size(0) : 0, " but expected ", weight.size(0));
  std::vector<int64_t> sizes = a.sizes().vec();
  sizes.back() = weight.size(0);
  sizes.push_back(weight.size(2));
  const Tensor matrices = weight.permute({1, 0, 2}).reshape({weight.size(1), -1});
  const Tensor y = (a.matmul(matrices).reshape(sizes) * b.unsqueeze(-2)).sum(-1);
  return nn::given(bias) ? y + *bias : y;
}
}  // namespace torch
