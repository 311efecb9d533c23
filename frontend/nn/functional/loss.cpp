// Losses of an input and a target.
#include "frontend/nn/functional/loss.h"

#include "frontend/nn/activations.h"
#include "frontend/nn/composite.h"
#include "frontend/nn/losses.h"
#include "frontend/nn/reduced.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace functional {
namespace {
template <class Options>
int64_t reduction_of(const Options& options) {
  return enumtype::reduction_get_enum(options.reduction());
}
void warn_of_sizes(const Tensor& input, const Tensor& target) {
  if (target.sizes() != input.sizes())
    TORCH_WARN("Using a target size (", target.sizes(), ") that is different to the input size (",
               input.sizes(),
               "). This will likely lead to incorrect results due to broadcasting. Please ensure "
               "they have the same size.");
}
}  // namespace

#define WEFT_LOSS(f, function, Options, ...)                                               \
  Tensor f(const Tensor& input, const Tensor& target, const Options& options, Location where) { \
    return torch::function(In(input, where), target, __VA_ARGS__);                         \
  }
WEFT_LOSS(l1_loss, l1_loss, L1LossFuncOptions, reduction_of(options))
WEFT_LOSS(hinge_embedding_loss, hinge_embedding_loss, HingeEmbeddingLossFuncOptions,
          options.margin(), reduction_of(options))
WEFT_LOSS(multilabel_margin_loss, multilabel_margin_loss, MultilabelMarginLossFuncOptions,
          reduction_of(options))
WEFT_LOSS(soft_margin_loss, soft_margin_loss, SoftMarginLossFuncOptions, reduction_of(options))
WEFT_LOSS(poisson_nll_loss, poisson_nll_loss, PoissonNLLLossFuncOptions, options.log_input(),
          options.full(), options.eps(), reduction_of(options))
WEFT_LOSS(cross_entropy, cross_entropy_loss, CrossEntropyFuncOptions, options.weight(),
          reduction_of(options), options.ignore_index(), options.label_smoothing())
#undef WEFT_LOSS

Tensor mse_loss(const Tensor& input, const Tensor& target, const MSELossFuncOptions& options,
                Location where) {
  record::Call call(where);
  warn_of_sizes(input, target);
  return torch::mse_loss(In(input, where), target, reduction_of(options));
}
Tensor smooth_l1_loss(const Tensor& input, const Tensor& target,
                      const SmoothL1LossFuncOptions& options, Location where) {
  record::Call call(where);
  warn_of_sizes(input, target);
  return torch::smooth_l1_loss(input, target, reduction_of(options), options.beta().value_or(1.0));
}
Tensor smooth_l1_loss(const Tensor& input, const Tensor& target,
                      const SmoothL1LossFuncOptions& options, double beta, Location where) {
  record::Call call(where);
  TORCH_CHECK(!options.beta(), "expected beta not to be provided in 'options', but got ",
              options.beta().value_or(0));
  return smooth_l1_loss(input, target, SmoothL1LossFuncOptions(options).beta(beta), where);
}
Tensor huber_loss(const Tensor& input, const Tensor& target, const HuberLossFuncOptions& options,
                  Location where) {
  record::Call call(where);
  warn_of_sizes(input, target);
  return torch::huber_loss(input, target, reduction_of(options), options.delta());
}

Tensor kl_div(const Tensor& input, const Tensor& target, const KLDivFuncOptions& options,
              Location where) {
  record::Call call(where);
  if (std::holds_alternative<enumtype::kMean>(options.reduction()))
    TORCH_WARN(
        "reduction: 'mean' divides the total loss by both the batch size and the support size."
        "'batchmean' divides only by the batch size, and aligns with the KL div math definition."
        "'mean' will be changed to behave the same as 'batchmean' in the next major release.");
  if (!std::holds_alternative<enumtype::kBatchMean>(options.reduction()))
    return torch::kl_div(input, target, reduction_of(options), options.log_target());
  const Tensor sum = torch::kl_div(input, target, at::Reduction::Sum, options.log_target());
  return input.dim() ? sum / input.size(0) : sum;
}

Tensor binary_cross_entropy(const Tensor& input, const Tensor& target,
                            const BinaryCrossEntropyFuncOptions& options, Location where) {
  record::Call call(where);
  TORCH_CHECK(target.sizes() == input.sizes(), "Using a target size (", target.sizes(),
              ") that is different to the input size (", input.sizes(),
              ") is deprecated. Please ensure they have the same size.");
  return torch::binary_cross_entropy(input, target, options.weight(), reduction_of(options));
}
Tensor binary_cross_entropy_with_logits(const Tensor& input, const Tensor& target,
                                        const BinaryCrossEntropyWithLogitsFuncOptions& options,
                                        Location where) {
  record::Call call(where);
  TORCH_CHECK(target.sizes() == input.sizes(), "Target size (", target.sizes(),
              ") must be the same as input size (", input.sizes(), ")");
  return torch::binary_cross_entropy_with_logits(input, target, options.weight(),
                                                 options.pos_weight(), reduction_of(options));
}
Tensor nll_loss(const Tensor& input, const Tensor& target, const NLLLossFuncOptions& options,
                Location where) {
  record::Call call(where);
  TORCH_CHECK(input.dim() >= 2, "Expected 2 or more dimensions (got ", input.dim(), ")");
  TORCH_CHECK(target.dim() >= 1 && input.size(0) == target.size(0), "Expected input batch_size (",
              input.size(0), ") to match target batch_size (", target.dim() ? target.size(0) : 0,
              ").");
  return torch::nll_loss_nd(input, target, options.weight(), reduction_of(options),
                            options.ignore_index());
}
Tensor multi_margin_loss(const Tensor& input, const Tensor& target,
                         const MultiMarginLossFuncOptions& options, Location where) {
  record::Call call(where);
  TORCH_CHECK(options.p() == 1 || options.p() == 2, "only p == 1 and p == 2 supported, got ",
              options.p());
  TORCH_CHECK(!options.weight().defined() || options.weight().dim() == 1,
              "weight must be one-dimensional, got sizes ", options.weight().sizes());
  return torch::multi_margin_loss(input, target, options.p(), options.margin(), options.weight(),
                                  reduction_of(options));
}
Tensor multilabel_soft_margin_loss(const Tensor& input, const Tensor& target,
                                   const MultilabelSoftMarginLossFuncOptions& options,
                                   Location where) {
  Composite composite("multilabel_soft_margin_loss", nullptr, where);
  Tensor loss =
      -(target * torch::log_sigmoid(input) + (1 - target) * torch::log_sigmoid(-input));
  if (options.weight().defined()) loss = loss * options.weight();
  const int64_t classes = input.size(-1);
  return reduced(loss.sum(-1) / classes, reduction_of(options));
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
