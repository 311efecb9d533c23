#pragma once
#include <functional>
#include <optional>
#include <variant>

#include "frontend/nn/arg.h"
#include "frontend/nn/enum.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
using reduction_variant_t = std::variant<enumtype::kNone, enumtype::kMean, enumtype::kSum>;

// The choice that every loss has: what it returns of its elements.
#define WEFT_REDUCTION                     \
  using reduction_t = reduction_variant_t; \
  TORCH_ARG(reduction_t, reduction) = torch::kMean

// The options of a loss that may be that choice alone: `L1Loss(torch::kNone)`.
#define WEFT_REDUCTION_CTORS(Name) \
  TORCH_OPTIONS_CTOR_VARIANT_ARG3(Name, reduction, kNone, kMean, kSum)
#define WEFT_REDUCTION_OPTIONS(Name) \
  struct Name {                      \
    WEFT_REDUCTION_CTORS(Name)       \
    WEFT_REDUCTION;                  \
  }
WEFT_REDUCTION_OPTIONS(L1LossOptions);
WEFT_REDUCTION_OPTIONS(MSELossOptions);
WEFT_REDUCTION_OPTIONS(SoftMarginLossOptions);
WEFT_REDUCTION_OPTIONS(MultiLabelMarginLossOptions);
#undef WEFT_REDUCTION_OPTIONS

/// `SmoothL1Loss(SmoothL1LossOptions().beta(0.5))`: where it turns from square to linear; 1 unless
/// given.
struct SmoothL1LossOptions {
  WEFT_REDUCTION_CTORS(SmoothL1LossOptions)
  WEFT_REDUCTION;
  TORCH_ARG(std::optional<double>, beta) = std::nullopt;
};
/// `HuberLoss(HuberLossOptions().delta(0.5))`: where it turns from square to linear.
struct HuberLossOptions {
  WEFT_REDUCTION_CTORS(HuberLossOptions)
  WEFT_REDUCTION;
  TORCH_ARG(double, delta) = 1.0;
};
#undef WEFT_REDUCTION_CTORS

/// `KLDivLoss(torch::kBatchMean)`: the sum over the size of the batch, as mathematics has it.
struct KLDivLossOptions {
  using reduction_t =
      std::variant<enumtype::kNone, enumtype::kBatchMean, enumtype::kSum, enumtype::kMean>;
  TORCH_OPTIONS_CTOR_VARIANT_ARG4(KLDivLossOptions, reduction, kNone, kBatchMean, kSum, kMean)
  TORCH_ARG(reduction_t, reduction) = torch::kMean;
  /// Whether targets are logarithms.
  TORCH_ARG(bool, log_target) = false;
};
/// `BCELoss(BCELossOptions().reduction(torch::kNone).weight(w))`.
struct BCELossOptions {
  /// Scales the loss of each element.
  TORCH_ARG(Tensor, weight) = {};
  WEFT_REDUCTION;
};
struct BCEWithLogitsLossOptions {
  TORCH_ARG(Tensor, weight) = {};
  WEFT_REDUCTION;
  /// Scales the loss of positive targets.
  TORCH_ARG(Tensor, pos_weight) = {};
};
struct NLLLossOptions {
  /// One factor a class.
  TORCH_ARG(Tensor, weight) = {};
  /// A target that takes no part.
  TORCH_ARG(int64_t, ignore_index) = -100;
  WEFT_REDUCTION;
};
struct CrossEntropyLossOptions {
  TORCH_ARG(Tensor, weight) = {};
  TORCH_ARG(int64_t, ignore_index) = -100;
  WEFT_REDUCTION;
  /// Between 0 (targets as they are) and 1 (uniform).
  TORCH_ARG(double, label_smoothing) = 0.0;
};
/// `MultiMarginLoss(MultiMarginLossOptions().margin(2).weight(w))`; p is 1 or 2.
struct MultiMarginLossOptions {
  TORCH_ARG(int64_t, p) = 1;
  TORCH_ARG(double, margin) = 1.0;
  TORCH_ARG(Tensor, weight) = {};
  WEFT_REDUCTION;
};
struct MultiLabelSoftMarginLossOptions {
  TORCH_ARG(Tensor, weight) = {};
  WEFT_REDUCTION;
};
struct HingeEmbeddingLossOptions {
  TORCH_ARG(double, margin) = 1.0;
  WEFT_REDUCTION;
};
struct CosineEmbeddingLossOptions {
  TORCH_ARG(double, margin) = 0.0;
  WEFT_REDUCTION;
};
struct MarginRankingLossOptions {
  TORCH_ARG(double, margin) = 0;
  WEFT_REDUCTION;
};
/// `TripletMarginLoss(TripletMarginLossOptions().margin(3).p(2).swap(true))`: of p-norms.
struct TripletMarginLossOptions {
  TORCH_ARG(double, margin) = 1.0;
  TORCH_ARG(double, p) = 2.0;
  TORCH_ARG(double, eps) = 1e-6;
  TORCH_ARG(bool, swap) = false;
  WEFT_REDUCTION;
};
/// The same with any function for the distance; pairwise_distance unless given.
struct TripletMarginWithDistanceLossOptions {
  using distance_function_t = std::function<Tensor(const Tensor&, const Tensor&)>;
  TORCH_ARG(std::optional<distance_function_t>, distance_function) = std::nullopt;
  TORCH_ARG(double, margin) = 1.0;
  TORCH_ARG(bool, swap) = false;
  WEFT_REDUCTION;
};
/// `CTCLoss(CTCLossOptions().blank(42).zero_infinity(true))`.
struct CTCLossOptions {
  /// The class that stands for nothing.
  TORCH_ARG(int64_t, blank) = 0;
  WEFT_REDUCTION;
  /// Whether a target that is too long for its input costs 0 in place of infinity.
  TORCH_ARG(bool, zero_infinity) = false;
};
/// `PoissonNLLLoss(PoissonNLLLossOptions().log_input(false).full(true))`.
struct PoissonNLLLossOptions {
  TORCH_ARG(bool, log_input) = true;
  TORCH_ARG(bool, full) = false;
  TORCH_ARG(double, eps) = 1e-8;
  WEFT_REDUCTION;
};
/// `GaussianNLLLoss(GaussianNLLLossOptions().full(true).eps(1e-6))`: full adds the constant term,
/// eps is the least variance.
struct GaussianNLLLossOptions {
  TORCH_ARG(bool, full) = false;
  TORCH_ARG(double, eps) = 1e-6;
  WEFT_REDUCTION;
};
#undef WEFT_REDUCTION

namespace functional {
using L1LossFuncOptions = L1LossOptions;
using MSELossFuncOptions = MSELossOptions;
using SmoothL1LossFuncOptions = SmoothL1LossOptions;
using HuberLossFuncOptions = HuberLossOptions;
using KLDivFuncOptions = KLDivLossOptions;
using BinaryCrossEntropyFuncOptions = BCELossOptions;
using BinaryCrossEntropyWithLogitsFuncOptions = BCEWithLogitsLossOptions;
using NLLLossFuncOptions = NLLLossOptions;
using CrossEntropyFuncOptions = CrossEntropyLossOptions;
using MultiMarginLossFuncOptions = MultiMarginLossOptions;
using MultilabelMarginLossFuncOptions = MultiLabelMarginLossOptions;
using MultilabelSoftMarginLossFuncOptions = MultiLabelSoftMarginLossOptions;
using SoftMarginLossFuncOptions = SoftMarginLossOptions;
using HingeEmbeddingLossFuncOptions = HingeEmbeddingLossOptions;
using CosineEmbeddingLossFuncOptions = CosineEmbeddingLossOptions;
using MarginRankingLossFuncOptions = MarginRankingLossOptions;
using TripletMarginLossFuncOptions = TripletMarginLossOptions;
using TripletMarginWithDistanceLossFuncOptions = TripletMarginWithDistanceLossOptions;
using CTCLossFuncOptions = CTCLossOptions;
using PoissonNLLLossFuncOptions = PoissonNLLLossOptions;
using GaussianNLLLossFuncOptions = GaussianNLLLossOptions;
}  // namespace functional
}  // namespace nn
}  // namespace torch
