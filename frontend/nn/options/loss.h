#pragma once
#include <variant>

#include "frontend/nn/arg.h"
#include "frontend/nn/enum.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
using reduction_variant_t = std::variant<enumtype::kNone, enumtype::kMean, enumtype::kSum>;

// The options of a loss whose one choice is the reduction: `L1Loss(torch::kNone)`.
#define WEFT_REDUCTION_OPTIONS(Name)                                       \
  struct Name {                                                            \
    using reduction_t = reduction_variant_t;                               \
    TORCH_OPTIONS_CTOR_VARIANT_ARG3(Name, reduction, kNone, kMean, kSum)   \
    TORCH_ARG(reduction_t, reduction) = torch::kMean;                      \
  }
WEFT_REDUCTION_OPTIONS(L1LossOptions);
WEFT_REDUCTION_OPTIONS(MSELossOptions);
#undef WEFT_REDUCTION_OPTIONS

/// `BCELoss(BCELossOptions().reduction(torch::kNone).weight(w))`.
struct BCELossOptions {
  using reduction_t = reduction_variant_t;
  /// Scales the loss of each element.
  TORCH_ARG(Tensor, weight) = {};
  TORCH_ARG(reduction_t, reduction) = torch::kMean;
};
struct BCEWithLogitsLossOptions {
  using reduction_t = reduction_variant_t;
  TORCH_ARG(Tensor, weight) = {};
  TORCH_ARG(reduction_t, reduction) = torch::kMean;
  /// Scales the loss of positive targets.
  TORCH_ARG(Tensor, pos_weight) = {};
};
struct NLLLossOptions {
  using reduction_t = reduction_variant_t;
  /// One factor a class.
  TORCH_ARG(Tensor, weight) = {};
  /// A target that takes no part.
  TORCH_ARG(int64_t, ignore_index) = -100;
  TORCH_ARG(reduction_t, reduction) = torch::kMean;
};
struct CrossEntropyLossOptions {
  using reduction_t = reduction_variant_t;
  TORCH_ARG(Tensor, weight) = {};
  TORCH_ARG(int64_t, ignore_index) = -100;
  TORCH_ARG(reduction_t, reduction) = torch::kMean;
  /// Between 0 (targets as they are) and 1 (uniform).
  TORCH_ARG(double, label_smoothing) = 0.0;
};

namespace functional {
using L1LossFuncOptions = L1LossOptions;
using MSELossFuncOptions = MSELossOptions;
using BinaryCrossEntropyFuncOptions = BCELossOptions;
using BinaryCrossEntropyWithLogitsFuncOptions = BCEWithLogitsLossOptions;
using NLLLossFuncOptions = NLLLossOptions;
using CrossEntropyFuncOptions = CrossEntropyLossOptions;
}  // namespace functional
}  // namespace nn
}  // namespace torch
