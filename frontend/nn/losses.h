/// torch:: losses: made of other ops, so they differentiate and fuse as written. Each has a value an
/// element, or a sample, and returns their mean (of nll_loss, weighted), their sum or themselves.
#pragma once
#include <optional>

#include "frontend/nn/reduction.h"
#include "frontend/tensor/tensor.h"

namespace torch {

// Of numbers
/// (self - target)^2.
Tensor mse_loss(In self, const Tensor& target, int64_t reduction = at::Reduction::Mean);
/// |self - target|.
Tensor l1_loss(In self, const Tensor& target, int64_t reduction = at::Reduction::Mean);
/// |d| - beta / 2 of the difference d, within beta d^2 / (2 beta).
Tensor smooth_l1_loss(In self, const Tensor& target, int64_t reduction = at::Reduction::Mean,
                      double beta = 1.0);
/// delta (|d| - delta / 2) of the difference d, within delta d^2 / 2.
Tensor huber_loss(In self, const Tensor& target, int64_t reduction = at::Reduction::Mean,
                  double delta = 1.0);
/// target (log(target) - self) for log probabilities self; log_target: so is target.
Tensor kl_div(In self, const Tensor& target, int64_t reduction = at::Reduction::Mean,
              bool log_target = false);
/// Of counts: exp(input) - target input, or input - target log(input + eps); full adds Stirling's
/// approximation of log(target!).
Tensor poisson_nll_loss(In input, const Tensor& target, bool log_input, bool full, double eps,
                        int64_t reduction);
/// -(target log(self) + (1 - target) log(1 - self)), the logarithms not below -100.
Tensor binary_cross_entropy(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                            int64_t reduction = at::Reduction::Mean);
/// binary_cross_entropy of sigmoid(self), exact for large arguments.
Tensor binary_cross_entropy_with_logits(In self, const Tensor& target,
                                        const std::optional<Tensor>& weight = {},
                                        const std::optional<Tensor>& pos_weight = {},
                                        int64_t reduction = at::Reduction::Mean);
/// log(1 + exp(-target self)), targets 1 and -1.
Tensor soft_margin_loss(In self, const Tensor& target, int64_t reduction = at::Reduction::Mean);

// Of classes
/// Negative log likelihood: minus the elements of `self` (N, C, ...) at the classes `target` (N,
/// ...), i64.
Tensor nll_loss(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                int64_t reduction = at::Reduction::Mean, int64_t ignore_index = -100);
Tensor nll_loss2d(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                  int64_t reduction = at::Reduction::Mean, int64_t ignore_index = -100);
Tensor nll_loss_nd(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                   int64_t reduction = at::Reduction::Mean, int64_t ignore_index = -100);
/// nll_loss of log_softmax; or, for a target of self's shape, the cross entropy with these
/// probabilities.
Tensor cross_entropy_loss(In self, const Tensor& target, const std::optional<Tensor>& weight = {},
                          int64_t reduction = at::Reduction::Mean, int64_t ignore_index = -100,
                          double label_smoothing = 0.0);
/// The mean over classes of max(0, margin - self[target] + self[other])^p, times the weight of the
/// target.
Tensor multi_margin_loss(In self, const Tensor& target, const Scalar& p = 1,
                         const Scalar& margin = 1, const std::optional<Tensor>& weight = {},
                         int64_t reduction = at::Reduction::Mean);
/// The same for samples of several classes each: target (N, C) lists them, up to the first -1.
Tensor multilabel_margin_loss(In self, const Tensor& target,
                              int64_t reduction = at::Reduction::Mean);

// Of pairs and triples
/// self where target is 1, max(0, margin - self) where it is -1.
Tensor hinge_embedding_loss(In self, const Tensor& target, double margin = 1.0,
                            int64_t reduction = at::Reduction::Mean);
/// max(0, -target (input1 - input2) + margin).
Tensor margin_ranking_loss(In input1, const Tensor& input2, const Tensor& target,
                           double margin = 0.0, int64_t reduction = at::Reduction::Mean);
/// 1 - cosine where target is 1, max(0, cosine - margin) where it is -1; of rows.
Tensor cosine_embedding_loss(In input1, const Tensor& input2, const Tensor& target,
                             double margin = 0.0, int64_t reduction = at::Reduction::Mean);
/// max(0, distance to positive - distance to negative + margin); swap: the negative's distance to
/// the positive counts when it is smaller.
Tensor triplet_margin_loss(In anchor, const Tensor& positive, const Tensor& negative,
                           double margin = 1.0, double p = 2.0, double eps = 1e-6,
                           bool swap = false, int64_t reduction = at::Reduction::Mean);

/// Minus the log probability of target sequences (N, S), or one after the other, given log
/// probabilities (T, N, C) of classes and a blank at each time. The mean is of losses over lengths.
/// Reads the lengths, which evaluates them; the gradient is libtorch's, by the inputs of
/// log_softmax.
Tensor ctc_loss(In log_probs, const Tensor& targets, IntArrayRef input_lengths,
                IntArrayRef target_lengths, int64_t blank = 0,
                int64_t reduction = at::Reduction::Mean, bool zero_infinity = false);
Tensor ctc_loss(In log_probs, const Tensor& targets, const Tensor& input_lengths,
                const Tensor& target_lengths, int64_t blank = 0,
                int64_t reduction = at::Reduction::Mean, bool zero_infinity = false);
}  // namespace torch
