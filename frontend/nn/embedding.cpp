#include "frontend/nn/embedding.h"

#include "frontend/nn/composite.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace {
void check(const Tensor& weight, const Tensor& indices) {
  TORCH_CHECK(weight.dim() == 2, "'weight' must be 2-D");
  TORCH_CHECK_TYPE(indices.scalar_type() == kLong || indices.scalar_type() == kInt,
                   "Expected tensor for argument #1 'indices' to have one of the following scalar "
                   "types: Long, Int; but got ",
                   c10::str(indices.scalar_type()), " instead (while checking arguments for "
                   "embedding)");
}
// How often each row is named.
Tensor counts(const Tensor& flat, const Tensor& weight) {
  const Tensor ones = torch::ones({flat.numel()}, weight.options().requires_grad(false));
  return torch::zeros({weight.size(0)}, ones.options()).index_add(0, flat, ones);
}
}  // namespace

Tensor embedding(In weight, const Tensor& indices, int64_t padding_idx, bool scale_grad_by_freq,
                 bool) {
  nn::Composite composite("embedding", "EmbeddingBackward0", weight.where);
  check(weight, indices);
  const Tensor flat = indices.reshape({-1});
  Tensor rows = weight->index_select(0, flat);
  if (scale_grad_by_freq) {
    const Tensor share = counts(flat, weight).index_select(0, flat).reciprocal().unsqueeze(1);
    rows = rows.detach() + (rows - rows.detach()) * share;
  }
  if (padding_idx >= 0) rows = torch::where(flat.eq(padding_idx).unsqueeze(1), rows.detach(), rows);
  std::vector<int64_t> sizes = indices.sizes().vec();
  sizes.push_back(weight->size(1));
  return rows.reshape(sizes);
}

Tensor& embedding_renorm_(Tensor& self, const Tensor& indices, double max_norm, double norm_type) {
  nn::Composite composite("embedding_renorm_", "EmbeddingRenormBackward0", Location::current());
  check(self, indices);
  const Tensor norms = self.norm(norm_type, IntArrayRef{1}, /*keepdim=*/true);
  const Tensor named = counts(indices.reshape({-1}), self).unsqueeze(1) > 0;
  const Tensor scale = torch::where(named.logical_and(norms > max_norm),
                                    (norms + 1e-7).reciprocal() * max_norm, Scalar(1.0));
  return self.mul_(scale);
}
}  // namespace torch
