// Losses of classes, pairs and triples that count what is nearer than a margin.
#include <vector>

#include "frontend/nn/composite.h"
#include "frontend/nn/distances.h"
#include "frontend/nn/losses.h"
#include "frontend/nn/reduced.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/requirement.h"

namespace torch {
using nn::check_floating;
using nn::Composite;
using nn::given;
using nn::reduced;

namespace {
void check_samples(const Tensor& x) {
  const bool fits = (x.dim() == 2 && x.size(1) != 0) || (x.dim() == 1 && x.size(0) != 0) ||
                    x.dim() == 0;
  TORCH_CHECK(fits, "Expected non-empty vector or matrix with optional 0-dim batch size, but got: ",
              x.sizes());
}
Tensor class_numbers(const Tensor& x) {
  return torch::arange(x.size(1), x.options().dtype(kLong).requires_grad(false));
}
}  // namespace

Tensor multi_margin_loss(In self, const Tensor& target, const Scalar& p, const Scalar& margin,
                         const std::optional<Tensor>& weight, int64_t reduction) {
  if (const Autocast cast(casts::multi_margin_loss, {self, target, weight}); cast.on())
    return multi_margin_loss(In(cast[0], self.where), cast[1], p, margin, cast[2], reduction);
  Composite composite("multi_margin_loss", "MultiMarginLossBackward0", self.where);
  const Tensor& x = self;
  const int64_t power = p.toLong();
  TORCH_CHECK(power == 1 || power == 2, "only p == 1 and p == 2 supported, got ", power);
  check_samples(x);
  const int64_t samples = x.dim() <= 1 ? 1 : x.size(0), classes = x.dim() ? x.size(-1) : 1;
  TORCH_CHECK(
      target.dim() <= 1 && target.numel() == samples,
      "multi_margin_loss: target tensor should be 1-D with size equal to the number of input "
      "samples (batch size). Expected target size [",
      samples, "], but got ", target.sizes(), ". Input has shape ", x.sizes(), ".");
  TORCH_CHECK(!given(weight) || (weight->dim() <= 1 && weight->numel() == classes),
              "inconsistent weight size, expected ", classes, " but got ",
              given(weight) ? weight->sizes() : IntArrayRef());
  TORCH_CHECK(target.scalar_type() == kLong, "expected scalar type Long but found ",
              target.scalar_type());
  check_floating(x, "multi_margin_loss");
  const detail::Range range{0, static_cast<double>(classes), op::Requirement::margin_target};
  const Tensor rows = x.reshape({samples, classes}),
               t = detail::within(target, range).reshape({samples, 1});
  Tensor excess = (rows - rows.gather(1, t) + margin.toDouble()).clamp_min(0);
  if (power == 2) excess = excess.square();
  if (given(weight)) excess = excess * weight->reshape({-1}).index_select(0, t.reshape({-1})).unsqueeze(1);
  const Tensor loss = torch::where(class_numbers(rows) == t, 0, excess).sum(1) / classes;
  return reduced(loss.reshape(target.sizes()), reduction);
}

Tensor multilabel_margin_loss(In self, const Tensor& target, int64_t reduction) {
  if (const Autocast cast(casts::multilabel_margin_loss, {self, target}); cast.on())
    return multilabel_margin_loss(In(cast[0], self.where), cast[1], reduction);
  Composite composite("multilabel_margin_loss", "MultilabelMarginLossBackward0", self.where);
  const Tensor& x = self;
  check_samples(x);
  TORCH_CHECK(x.dim() ? target.sizes() == x.sizes() : target.numel() == 1,
              "inconsistent target size: ", target.sizes(), " for input of size: ", x.sizes());
  TORCH_CHECK(target.scalar_type() == kLong, "expected scalar type Long but found ",
              target.scalar_type());
  check_floating(x, "multilabel_margin_loss_forward_out");
  const int64_t classes = x.dim() ? x.size(-1) : 1;
  const detail::Range range{-1, static_cast<double>(classes), op::Requirement::listed_target};
  const Tensor rows = x.reshape({-1, classes}),
               listed = detail::within(target, range).reshape({-1, classes});
  // The list of a sample ends before its first negative number.
  const Tensor negative = (listed < 0).to(kLong), numbers = class_numbers(rows);
  const Tensor end = torch::where(negative.sum(1, true) > 0, negative.argmax(1, true), classes);
  const Tensor counts = numbers < end, t = torch::where(counts, listed, 0);
  const Tensor is_target =
      torch::zeros_like(t).scatter_add(1, t, counts.to(kLong)) > 0;
  // (sample, target, other class)
  const Tensor excess =
      (rows.unsqueeze(1) - rows.gather(1, t).unsqueeze(2) + 1).clamp_min(0);
  const Tensor takes_part = counts.unsqueeze(2) & ~is_target.unsqueeze(1);
  const Tensor loss = torch::where(takes_part, excess, 0).sum({1, 2}) / classes;
  return reduced(x.dim() <= 1 ? loss.reshape({}) : loss, reduction);
}

Tensor hinge_embedding_loss(In self, const Tensor& target, double margin, int64_t reduction) {
  if (const Autocast cast(casts::hinge_embedding_loss, {self, target}); cast.on())
    return hinge_embedding_loss(In(cast[0], self.where), cast[1], margin, reduction);
  Composite composite("hinge_embedding_loss", nullptr, self.where);
  const Tensor& x = self;
  const Tensor apart = torch::where(target != 1, (margin - x).clamp_min(0), 0);
  const Tensor together = torch::where(target != -1, x, 0);
  return reduced(apart + together, reduction);
}
Tensor margin_ranking_loss(In input1, const Tensor& input2, const Tensor& target, double margin,
                           int64_t reduction) {
  if (const Autocast cast(casts::margin_ranking_loss, {input1, input2, target}); cast.on())
    return margin_ranking_loss(In(cast[0], input1.where), cast[1], cast[2], margin, reduction);
  Composite composite("margin_ranking_loss", nullptr, input1.where);
  return reduced((-target * (input1 - input2) + margin).clamp_min(0), reduction);
}

Tensor cosine_embedding_loss(In input1, const Tensor& input2, const Tensor& target, double margin,
                             int64_t reduction) {
  if (const Autocast cast(casts::cosine_embedding_loss, {input1, input2, target}); cast.on())
    return cosine_embedding_loss(In(cast[0], input1.where), cast[1], cast[2], margin, reduction);
  Composite composite("cosine_embedding_loss", nullptr, input1.where);
  const Tensor &a = input1, &b = input2;
  TORCH_CHECK(target.dim() <= 1,
              "0D or 1D target tensor expected, multi-target not supported (got sizes ",
              target.sizes(), ")");
  const int64_t dims = target.dim() + 1;
  TORCH_CHECK(a.dim() == dims && b.dim() == dims, target.dim(), "D target tensor expects ", dims,
              "D input tensors, but found inputs with sizes ", a.sizes(), " and ", b.sizes(), ".");
  constexpr double eps = 1e-12;
  const int64_t dim = target.dim();
  const Tensor magnitudes = (a.square().sum(dim) + eps) * (b.square().sum(dim) + eps);
  const Tensor cosine = (a * b).sum(dim) / magnitudes.sqrt();
  const Tensor together = torch::where(target == 1, 1 - cosine, 0);
  const Tensor apart = torch::where(target == -1, (cosine - margin).clamp_min(0), 0);
  return reduced(together + apart, reduction);
}

Tensor triplet_margin_loss(In anchor, const Tensor& positive, const Tensor& negative, double margin,
                           double p, double eps, bool swap, int64_t reduction) {
  if (const Autocast cast(casts::triplet_margin_loss, {anchor, positive, negative}); cast.on())
    return triplet_margin_loss(In(cast[0], anchor.where), cast[1], cast[2], margin, p, eps, swap, reduction);
  Composite composite("triplet_margin_loss", nullptr, anchor.where);
  const Tensor& a = anchor;
  TORCH_CHECK(a.dim() == positive.dim() && a.dim() == negative.dim(),
              "The anchor, positive, and negative tensors are expected to have the same number of "
              "dimensions, but got: anchor ",
              a.dim(), "D, positive ", positive.dim(), "D, and negative ", negative.dim(),
              "D inputs");
  const Tensor near = pairwise_distance(a, positive, p, eps);
  Tensor far = pairwise_distance(a, negative, p, eps);
  if (swap) far = torch::minimum(far, pairwise_distance(positive, negative, p, eps));
  return reduced((near - far + margin).clamp_min(0), reduction);
}
}  // namespace torch
