#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/loss.h"

namespace torch {
namespace nn {

#define WEFT_LOSS(Name)                                       \
  class Name##Impl : public Cloneable<Name##Impl> {           \
   public:                                                    \
    explicit Name##Impl(Name##Options options_ = {});         \
    void reset() override;                                    \
    void pretty_print(std::ostream& stream) const override;   \
    Tensor forward(const Tensor& input, const Tensor& target, \
                   Location where = Location::current());     \
    Name##Options options;                                    \
  };                                                          \
  TORCH_MODULE(Name)

/// |input - target|.
WEFT_LOSS(L1Loss);
/// (input - target)^2.
WEFT_LOSS(MSELoss);

#define WEFT_WEIGHTED_LOSS(Name)                              \
  class Name##Impl : public Cloneable<Name##Impl> {           \
   public:                                                    \
    explicit Name##Impl(Name##Options options_ = {});         \
    void reset() override;                                    \
    void pretty_print(std::ostream& stream) const override;   \
    Tensor forward(const Tensor& input, const Tensor& target, \
                   Location where = Location::current());     \
    Name##Options options;                                    \
    Tensor weight;                                            \
  };                                                          \
  TORCH_MODULE(Name)

/// Cross entropy of probabilities and targets in [0, 1].
WEFT_WEIGHTED_LOSS(BCELoss);
/// Negative log likelihood of log probabilities (N, C, ...) and classes (N, ...).
WEFT_WEIGHTED_LOSS(NLLLoss);
/// NLLLoss of LogSoftmax.
WEFT_WEIGHTED_LOSS(CrossEntropyLoss);
#undef WEFT_LOSS
#undef WEFT_WEIGHTED_LOSS

/// BCELoss of Sigmoid, exact for large inputs.
class BCEWithLogitsLossImpl : public Cloneable<BCEWithLogitsLossImpl> {
 public:
  explicit BCEWithLogitsLossImpl(BCEWithLogitsLossOptions options = {});
  void reset() override;
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, const Tensor& target, Location where = Location::current());
  BCEWithLogitsLossOptions options;
  Tensor weight, pos_weight;
};
TORCH_MODULE(BCEWithLogitsLoss);
}  // namespace nn
}  // namespace torch
