#include "frontend/nn/modules/loss.h"

#include <ostream>

#include "frontend/nn/functional/loss.h"
#include "frontend/tensor/print.h"

namespace torch {
namespace nn {

// What a loss is made of, and what it prints in its parentheses; some print none.
#define WEFT_LOSS_BASICS(Name, ...)                                               \
  Name##Impl::Name##Impl(Name##Options options_) : options(std::move(options_)) { \
    Name##Impl::reset();                                                          \
  }                                                                               \
  void Name##Impl::pretty_print(std::ostream& stream) const {                     \
    stream << std::boolalpha << "torch::nn::" #Name << __VA_ARGS__;               \
  }
#define WEFT_LOSS(Name, function, ...)                                                    \
  WEFT_LOSS_BASICS(Name, __VA_ARGS__)                                                     \
  void Name##Impl::reset() {}                                                             \
  Tensor Name##Impl::forward(const Tensor& input, const Tensor& target, Location where) { \
    Forward forward(*this, where);                                                        \
    return functional::function(input, target, options);                                  \
  }
WEFT_LOSS(L1Loss, l1_loss, "()")
WEFT_LOSS(MSELoss, mse_loss, "()")
WEFT_LOSS(SmoothL1Loss, smooth_l1_loss, "")
WEFT_LOSS(HuberLoss, huber_loss, "")
WEFT_LOSS(KLDivLoss, kl_div, "()")
WEFT_LOSS(HingeEmbeddingLoss, hinge_embedding_loss, "(margin=" << options.margin() << ")")
WEFT_LOSS(MultiMarginLoss, multi_margin_loss,
          "(p=" << options.p() << ", margin=" << options.margin() << ", weight=" << options.weight()
                << ", reduction=" << enumtype::get_enum_name(options.reduction()) << ")")
WEFT_LOSS(MultiLabelMarginLoss, multilabel_margin_loss, "()")
WEFT_LOSS(MultiLabelSoftMarginLoss, multilabel_soft_margin_loss, "()")
WEFT_LOSS(SoftMarginLoss, soft_margin_loss, "()")
WEFT_LOSS(PoissonNLLLoss, poisson_nll_loss, "()")
#undef WEFT_LOSS

// The registered weight is used, not the option: `to(device)` moves the former.
#define WEFT_LOSS(Name, function)                                                         \
  WEFT_LOSS_BASICS(Name, "()")                                                            \
  void Name##Impl::reset() { weight = register_buffer("weight", options.weight()); }      \
  Tensor Name##Impl::forward(const Tensor& input, const Tensor& target, Location where) { \
    Forward forward(*this, where);                                                        \
    Name##Options call = options;                                                         \
    return functional::function(input, target, call.weight(weight));                      \
  }
WEFT_LOSS(BCELoss, binary_cross_entropy)
WEFT_LOSS(NLLLoss, nll_loss)
WEFT_LOSS(CrossEntropyLoss, cross_entropy)
#undef WEFT_LOSS
WEFT_LOSS_BASICS(BCEWithLogitsLoss, "()")
void BCEWithLogitsLossImpl::reset() {
  weight = register_buffer("weight", options.weight());
  pos_weight = register_buffer("pos_weight", options.pos_weight());
}
Tensor BCEWithLogitsLossImpl::forward(const Tensor& input, const Tensor& target, Location where) {
  Forward forward(*this, where);
  BCEWithLogitsLossOptions call = options;
  return functional::binary_cross_entropy_with_logits(input, target,
                                                      call.weight(weight).pos_weight(pos_weight));
}

#define WEFT_LOSS(Name, function, ...)                                                   \
  WEFT_LOSS_BASICS(Name, __VA_ARGS__)                                                    \
  void Name##Impl::reset() {}                                                            \
  Tensor Name##Impl::forward(const Tensor& a, const Tensor& b, const Tensor& c,          \
                             Location where) {                                           \
    Forward forward(*this, where);                                                       \
    return functional::function(a, b, c, options);                                       \
  }
WEFT_LOSS(CosineEmbeddingLoss, cosine_embedding_loss, "(margin=" << options.margin() << ")")
WEFT_LOSS(MarginRankingLoss, margin_ranking_loss, "()")
WEFT_LOSS(TripletMarginLoss, triplet_margin_loss,
          "(margin=" << options.margin() << ", p=" << options.p() << ", eps=" << options.eps()
                     << ", swap=" << options.swap() << ")")
WEFT_LOSS(TripletMarginWithDistanceLoss, triplet_margin_with_distance_loss,
          "(margin=" << options.margin() << ", swap=" << options.swap() << ")")
WEFT_LOSS(GaussianNLLLoss, gaussian_nll_loss, "()")
#undef WEFT_LOSS

WEFT_LOSS_BASICS(CTCLoss, "()")
void CTCLossImpl::reset() {}
Tensor CTCLossImpl::forward(const Tensor& log_probs, const Tensor& targets,
                            const Tensor& input_lengths, const Tensor& target_lengths,
                            Location where) {
  Forward forward(*this, where);
  return functional::ctc_loss(log_probs, targets, input_lengths, target_lengths, options);
}
#undef WEFT_LOSS_BASICS
}  // namespace nn
}  // namespace torch
