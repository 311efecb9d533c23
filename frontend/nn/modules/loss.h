#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/loss.h"

namespace torch {
namespace nn {

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

/// |input - target|.
WEFT_LOSS(L1Loss, );
/// (input - target)^2.
WEFT_LOSS(MSELoss, );

/// Cross entropy of probabilities and targets in [0, 1].
WEFT_LOSS(BCELoss, Tensor weight;);
/// Negative log likelihood of log probabilities (N, C, ...) and classes (N, ...).
WEFT_LOSS(NLLLoss, Tensor weight;);
/// NLLLoss of LogSoftmax.
WEFT_LOSS(CrossEntropyLoss, Tensor weight;);
#undef WEFT_LOSS

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
