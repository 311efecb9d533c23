#pragma once
#include "frontend/nn/options/loss.h"

namespace torch {
namespace nn {
namespace functional {
// What each computes is said at the torch:: function of its name (losses.h).
#define WEFT_LOSS(f, Options)                                                            \
  Tensor f(const Tensor& input, const Tensor& target, const Options& options = {},       \
           Location where = Location::current());
WEFT_LOSS(l1_loss, L1LossFuncOptions)
WEFT_LOSS(mse_loss, MSELossFuncOptions)
WEFT_LOSS(smooth_l1_loss, SmoothL1LossFuncOptions)
WEFT_LOSS(huber_loss, HuberLossFuncOptions)
WEFT_LOSS(kl_div, KLDivFuncOptions)
WEFT_LOSS(binary_cross_entropy, BinaryCrossEntropyFuncOptions)
WEFT_LOSS(binary_cross_entropy_with_logits, BinaryCrossEntropyWithLogitsFuncOptions)
WEFT_LOSS(nll_loss, NLLLossFuncOptions)
WEFT_LOSS(cross_entropy, CrossEntropyFuncOptions)
WEFT_LOSS(multi_margin_loss, MultiMarginLossFuncOptions)
WEFT_LOSS(multilabel_margin_loss, MultilabelMarginLossFuncOptions)
/// The mean over classes of binary_cross_entropy_with_logits.
WEFT_LOSS(multilabel_soft_margin_loss, MultilabelSoftMarginLossFuncOptions)
WEFT_LOSS(soft_margin_loss, SoftMarginLossFuncOptions)
WEFT_LOSS(hinge_embedding_loss, HingeEmbeddingLossFuncOptions)
WEFT_LOSS(poisson_nll_loss, PoissonNLLLossFuncOptions)
#undef WEFT_LOSS
/// With beta beside the options.
Tensor smooth_l1_loss(const Tensor& input, const Tensor& target,
                      const SmoothL1LossFuncOptions& options, double beta,
                      Location where = Location::current());

Tensor cosine_embedding_loss(const Tensor& input1, const Tensor& input2, const Tensor& target,
                             const CosineEmbeddingLossFuncOptions& options = {},
                             Location where = Location::current());
Tensor margin_ranking_loss(const Tensor& input1, const Tensor& input2, const Tensor& target,
                           const MarginRankingLossFuncOptions& options = {},
                           Location where = Location::current());
Tensor triplet_margin_loss(const Tensor& anchor, const Tensor& positive, const Tensor& negative,
                           const TripletMarginLossFuncOptions& options = {},
                           Location where = Location::current());
Tensor triplet_margin_with_distance_loss(
    const Tensor& anchor, const Tensor& positive, const Tensor& negative,
    const TripletMarginWithDistanceLossFuncOptions& options = {},
    Location where = Location::current());
/// (log(var) + (input - target)^2 / var) / 2: the negative log likelihood of normal distributions
/// with these variances, one an element or one a row. libtorch has it in Python only.
Tensor gaussian_nll_loss(const Tensor& input, const Tensor& target, const Tensor& var,
                         const GaussianNLLLossFuncOptions& options = {},
                         Location where = Location::current());
/// Minus the log probability of target sequences (N, S), or one after the other, given log
/// probabilities (T, N, C) of classes at each time.
Tensor ctc_loss(const Tensor& log_probs, const Tensor& targets, const Tensor& input_lengths,
                const Tensor& target_lengths, const CTCLossFuncOptions& options = {},
                Location where = Location::current());
}  // namespace functional
}  // namespace nn
}  // namespace torch
