#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/loss.h"

namespace torch {
namespace nn {
// What each computes is said at the torch:: function of its name (losses.h).

// With further members, such as the weights of classes.
#define WEFT_LOSS(Name, ...)                                  \
  class Name##Impl : public Cloneable<Name##Impl> {           \
   public:                                                    \
    explicit Name##Impl(Name##Options options_ = {});         \
    void reset() override;                                    \
    void pretty_print(std::ostream& stream) const override;   \
    Tensor forward(const Tensor& input, const Tensor& target, \
                   Location where = Location::current());     \
    Name##Options options;                                    \
    __VA_ARGS__                                               \
  };                                                          \
  TORCH_MODULE(Name)
WEFT_LOSS(L1Loss, );
WEFT_LOSS(MSELoss, );
WEFT_LOSS(SmoothL1Loss, );
WEFT_LOSS(HuberLoss, );
WEFT_LOSS(KLDivLoss, );
WEFT_LOSS(HingeEmbeddingLoss, );
WEFT_LOSS(MultiMarginLoss, );
WEFT_LOSS(MultiLabelMarginLoss, );
WEFT_LOSS(MultiLabelSoftMarginLoss, );
WEFT_LOSS(SoftMarginLoss, );
WEFT_LOSS(PoissonNLLLoss, );
WEFT_LOSS(BCELoss, Tensor weight;);
WEFT_LOSS(NLLLoss, Tensor weight;);
WEFT_LOSS(CrossEntropyLoss, Tensor weight;);
WEFT_LOSS(BCEWithLogitsLoss, Tensor weight, pos_weight;);
#undef WEFT_LOSS

// Of three tensors.
#define WEFT_LOSS(Name, a, b, c)                                              \
  class Name##Impl : public Cloneable<Name##Impl> {                           \
   public:                                                                    \
    explicit Name##Impl(Name##Options options_ = {});                         \
    void reset() override;                                                    \
    void pretty_print(std::ostream& stream) const override;                   \
    Tensor forward(const Tensor& a, const Tensor& b, const Tensor& c,         \
                   Location where = Location::current());                     \
    Name##Options options;                                                    \
  };                                                                          \
  TORCH_MODULE(Name)
WEFT_LOSS(CosineEmbeddingLoss, input1, input2, target);
WEFT_LOSS(MarginRankingLoss, input1, input2, target);
WEFT_LOSS(TripletMarginLoss, anchor, positive, negative);
WEFT_LOSS(TripletMarginWithDistanceLoss, anchor, positive, negative);
WEFT_LOSS(GaussianNLLLoss, input, target, var);
#undef WEFT_LOSS

class CTCLossImpl : public Cloneable<CTCLossImpl> {
 public:
  explicit CTCLossImpl(CTCLossOptions options_ = {});
  void reset() override;
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& log_probs, const Tensor& targets, const Tensor& input_lengths,
                 const Tensor& target_lengths, Location where = Location::current());
  CTCLossOptions options;
};
TORCH_MODULE(CTCLoss);
}  // namespace nn
}  // namespace torch
