#include "frontend/nn/modules/loss.h"

#include <ostream>

#include "frontend/nn/functional/loss.h"

namespace torch {
namespace nn {
#define WEFT_LOSS(Name, function)                                                         \
  Name##Impl::Name##Impl(Name##Options options_) : options(std::move(options_)) {         \
    Name##Impl::reset();                                                                  \
  }                                                                                       \
  void Name##Impl::pretty_print(std::ostream& stream) const {                             \
    stream << "torch::nn::" #Name "()";                                                   \
  }                                                                                       \
  Tensor Name##Impl::forward(const Tensor& input, const Tensor& target, Location where) { \
    Forward forward(*this, where);                                                        \
    return functional::function(input, target, options);                                  \
  }
WEFT_LOSS(L1Loss, l1_loss)
WEFT_LOSS(MSELoss, mse_loss)
void L1LossImpl::reset() {}
void MSELossImpl::reset() {}
#undef WEFT_LOSS

// The registered weight is used, not the option: `to(device)` moves the former.
#define WEFT_WEIGHTED_LOSS(Name, function)                                                \
  Name##Impl::Name##Impl(Name##Options options_) : options(std::move(options_)) {         \
    Name##Impl::reset();                                                                  \
  }                                                                                       \
  void Name##Impl::reset() { weight = register_buffer("weight", options.weight()); }      \
  void Name##Impl::pretty_print(std::ostream& stream) const {                             \
    stream << "torch::nn::" #Name "()";                                                   \
  }                                                                                       \
  Tensor Name##Impl::forward(const Tensor& input, const Tensor& target, Location where) { \
    Forward forward(*this, where);                                                        \
    Name##Options call = options;                                                         \
    return functional::function(input, target, call.weight(weight));                      \
  }
WEFT_WEIGHTED_LOSS(BCELoss, binary_cross_entropy)
WEFT_WEIGHTED_LOSS(NLLLoss, nll_loss)
WEFT_WEIGHTED_LOSS(CrossEntropyLoss, cross_entropy)
#undef WEFT_WEIGHTED_LOSS

BCEWithLogitsLossImpl::BCEWithLogitsLossImpl(BCEWithLogitsLossOptions options_)
    : options(std::move(options_)) {
  BCEWithLogitsLossImpl::reset();
}
void BCEWithLogitsLossImpl::reset() {
  weight = register_buffer("weight", options.weight());
  pos_weight = register_buffer("pos_weight", options.pos_weight());
}
void BCEWithLogitsLossImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::BCEWithLogitsLoss()";
}
Tensor BCEWithLogitsLossImpl::forward(const Tensor& input, const Tensor& target, Location where) {
  Forward forward(*this, where);
  BCEWithLogitsLossOptions call = options;
  return functional::binary_cross_entropy_with_logits(input, target,
                                                      call.weight(weight).pos_weight(pos_weight));
}
}  // namespace nn
}  // namespace torch
