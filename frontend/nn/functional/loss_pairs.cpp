// Losses of pairs, triples and distributions.
#include <cmath>

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/composite.h"
#include "frontend/nn/distances.h"
#include "frontend/nn/functional/loss.h"
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
}  // namespace

Tensor cosine_embedding_loss(const Tensor& input1, const Tensor& input2, const Tensor& target,
                             const CosineEmbeddingLossFuncOptions& options, Location where) {
  return torch::cosine_embedding_loss(In(input1, where), input2, target, options.margin(),
                                      reduction_of(options));
}
Tensor margin_ranking_loss(const Tensor& input1, const Tensor& input2, const Tensor& target,
                           const MarginRankingLossFuncOptions& options, Location where) {
  record::Call call(where);
  TORCH_CHECK(input1.dim() == input2.dim() && input1.dim() == target.dim(),
              "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
              "input1: ",
              input1.sizes(), ", input2: ", input2.sizes(), ", target: ", target.sizes());
  return torch::margin_ranking_loss(input1, input2, target, options.margin(),
                                    reduction_of(options));
}
Tensor triplet_margin_loss(const Tensor& anchor, const Tensor& positive, const Tensor& negative,
                           const TripletMarginLossFuncOptions& options, Location where) {
  return torch::triplet_margin_loss(In(anchor, where), positive, negative, options.margin(),
                                    options.p(), options.eps(), options.swap(),
                                    reduction_of(options));
}
Tensor triplet_margin_with_distance_loss(const Tensor& anchor, const Tensor& positive,
                                         const Tensor& negative,
                                         const TripletMarginWithDistanceLossFuncOptions& options,
                                         Location where) {
  Composite composite("triplet_margin_with_distance_loss", nullptr, where);
  const auto distance = [&](const Tensor& a, const Tensor& b) {
    return options.distance_function() ? (*options.distance_function())(a, b)
                                       : torch::pairwise_distance(a, b);
  };
  const Tensor near = distance(anchor, positive);
  Tensor far = distance(anchor, negative);
  if (options.swap()) far = torch::minimum(far, distance(positive, negative));
  return reduced((near - far + options.margin()).clamp_min(0), reduction_of(options));
}

namespace {
// One variance a row, without its dim of size 1.
bool lacks_last_dim(const Tensor& input, const Tensor& var) {
  return input.dim() > 0 &&
         var.sizes() == IntArrayRef(input.sizes().data(), static_cast<size_t>(input.dim() - 1));
}
bool has_last_dim_of_one(const Tensor& input, const Tensor& var) {
  return input.dim() > 0 && var.dim() == input.dim() && var.size(-1) == 1 &&
         lacks_last_dim(input, var.squeeze(-1));
}
}  // namespace

Tensor gaussian_nll_loss(const Tensor& input, const Tensor& target, const Tensor& var_,
                         const GaussianNLLLossFuncOptions& options, Location where) {
  Composite composite("gaussian_nll_loss", nullptr, where);
  Tensor var = var_;
  if (var.sizes() != input.sizes()) {
    if (lacks_last_dim(input, var)) var = var.unsqueeze(-1);
    else
      TORCH_CHECK_VALUE(has_last_dim_of_one(input, var), "var is of incorrect size: got ",
                        var.sizes(), " for an input of sizes ", input.sizes());
  }
  var = var.clone();
  {
    NoGradGuard no_grad;  // the gradient is as if the variance had been large enough
    var.clamp_min_(options.eps());
  }
  Tensor loss = (var.log() + (input - target).square() / var) * 0.5;
  if (options.full()) loss = loss + 0.5 * std::log(2 * M_PI);
  return reduced(loss, reduction_of(options));
}

Tensor ctc_loss(const Tensor& log_probs, const Tensor& targets, const Tensor& input_lengths,
                const Tensor& target_lengths, const CTCLossFuncOptions& options, Location where) {
  return torch::ctc_loss(In(log_probs, where), targets, input_lengths, target_lengths,
                         options.blank(), reduction_of(options), options.zero_infinity());
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
