#include "frontend/nn/functional/loss.h"

#include "frontend/nn/functions.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace functional {

Tensor l1_loss(const Tensor& input, const Tensor& target, const L1LossFuncOptions& options,
               Location where) {
  return torch::l1_loss(In(input, where), target,
                        enumtype::reduction_get_enum(options.reduction()));
}

Tensor mse_loss(const Tensor& input, const Tensor& target, const MSELossFuncOptions& options,
                Location where) {
  record::Call call(where);
  if (target.sizes() != input.sizes())
    TORCH_WARN("Using a target size (", target.sizes(), ") that is different to the input size (",
               input.sizes(),
               "). This will likely lead to incorrect results due to broadcasting. Please ensure "
               "they have the same "
               "size.");
  return torch::mse_loss(In(input, where), target,
                         enumtype::reduction_get_enum(options.reduction()));
}

Tensor binary_cross_entropy(const Tensor& input, const Tensor& target,
                            const BinaryCrossEntropyFuncOptions& options, Location where) {
  record::Call call(where);
  TORCH_CHECK(target.sizes() == input.sizes(), "Using a target size (", target.sizes(),
              ") that is different to the input size (", input.sizes(),
              ") is deprecated. Please ensure they have the same size.");
  return torch::binary_cross_entropy(In(input, where), target, options.weight(),
                                     enumtype::reduction_get_enum(options.reduction()));
}

Tensor binary_cross_entropy_with_logits(const Tensor& input, const Tensor& target,
                                        const BinaryCrossEntropyWithLogitsFuncOptions& options,
                                        Location where) {
  record::Call call(where);
  TORCH_CHECK(target.sizes() == input.sizes(), "Target size (", target.sizes(),
              ") must be the same as input size (", input.sizes(), ")");
  return torch::binary_cross_entropy_with_logits(In(input, where), target, options.weight(),
                                                 options.pos_weight(),
                                                 enumtype::reduction_get_enum(options.reduction()));
}

Tensor nll_loss(const Tensor& input, const Tensor& target, const NLLLossFuncOptions& options,
                Location where) {
  record::Call call(where);
  TORCH_CHECK(input.dim() >= 2, "Expected 2 or more dimensions (got ", input.dim(), ")");
  TORCH_CHECK(target.dim() >= 1 && input.size(0) == target.size(0), "Expected input batch_size (",
              input.size(0), ") to match target batch_size (", target.dim() ? target.size(0) : 0,
              ").");
  return torch::nll_loss(In(input, where), target, options.weight(),
                         enumtype::reduction_get_enum(options.reduction()), options.ignore_index());
}

Tensor cross_entropy(const Tensor& input, const Tensor& target,
                     const CrossEntropyFuncOptions& options, Location where) {
  return torch::cross_entropy_loss(In(input, where), target, options.weight(),
                                   enumtype::reduction_get_enum(options.reduction()),
                                   options.ignore_index(), options.label_smoothing());
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
