#include "frontend/nn/bilinear.h"

#include "frontend/nn/composite.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/out.h"

namespace torch {

Tensor bilinear(In input1, const Tensor& input2, const Tensor& weight,
                const std::optional<Tensor>& bias) {
  if (const Autocast cast(casts::bilinear, {input1, input2, weight, bias}); cast.on())
    return bilinear(In(cast[0], input1.where), cast[1], cast[2], cast[3]);
  nn::Composite composite("bilinear", nullptr, input1.where);
  const Tensor& a = input1;
  const auto same = [&](const Tensor& t) { return t.scalar_type() == a.scalar_type(); };
  TORCH_CHECK(same(input2) && same(weight) && (!nn::given(bias) || same(*bias)),
              "All tensors must have the same dtype, got input1: ", a.dtype(),
              ", input2: ", input2.dtype(), ", weight: ", weight.dtype(),
              nn::given(bias) ? c10::str(", bias: ", bias->dtype()) : std::string());
  TORCH_CHECK(a.dim() == input2.dim(), "bilinear(): input dimensions do not match: got ", a.dim(),
              " and ", input2.dim());
  TORCH_CHECK(weight.dim() == 3, "bilinear(): expected a weight with 3 dims, got ", weight.dim());
  for (int64_t d = 0; d + 1 < a.dim(); ++d)
    TORCH_CHECK(a.size(d) == input2.size(d),
                "bilinear(): input batch dimensions do not match at dim ", d, ": got ", a.size(d),
                " and ", input2.size(d));
  TORCH_CHECK(a.size(-1) == weight.size(1),
              "bilinear(): input1 size does not match weight size: got ", a.size(-1),
              " but expected ", weight.size(1));
  TORCH_CHECK(input2.size(-1) == weight.size(2),
              "bilinear(): input2 size does not match weight size: got ", input2.size(-1),
              " but expected ", weight.size(2));
  TORCH_CHECK(!nn::given(bias) || bias->size(0) == weight.size(0),
              "bilinear(): bias size does not match weight size: got ",
              nn::given(bias) ? bias->size(0) : 0, " but expected ", weight.size(0));
  const int64_t outputs = weight.size(0), rows = weight.size(1), columns = weight.size(2);
  // (batch, I) x (I, O * J), then a dot product with input2 for each output
  const Tensor half = torch::matmul(a.reshape({-1, rows}),
                                    weight.permute({1, 0, 2}).reshape({rows, outputs * columns}))
                          .reshape({-1, outputs, columns});
  std::vector<int64_t> sizes = a.sizes().vec();
  sizes.back() = outputs;
  const Tensor products = half * input2.reshape({-1, 1, columns});
  const Tensor y = products.sum(-1, false, products.scalar_type()).reshape(sizes);
  return nn::given(bias) ? y + *bias : detail::unaliased(y);
}
}  // namespace torch
