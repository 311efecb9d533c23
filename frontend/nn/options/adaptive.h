#pragma once
#include <vector>

#include "frontend/tensor/arg.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

/// `AdaptiveLogSoftmaxWithLoss(AdaptiveLogSoftmaxWithLossOptions(8, 10, {4, 8}).div_value(2.))`.
struct AdaptiveLogSoftmaxWithLossOptions {
  AdaptiveLogSoftmaxWithLossOptions(int64_t in_features, int64_t n_classes,
                                    std::vector<int64_t> cutoffs)
      : in_features_(in_features), n_classes_(n_classes), cutoffs_(std::move(cutoffs)) {}
  TORCH_ARG(int64_t, in_features);
  TORCH_ARG(int64_t, n_classes);
  /// Where clusters of classes begin: increasing, in [1, n_classes).
  TORCH_ARG(std::vector<int64_t>, cutoffs);
  /// Cluster i (from 1) sees in_features / div_value^i features.
  TORCH_ARG(double, div_value) = 4.0;
  TORCH_ARG(bool, head_bias) = false;
};
}  // namespace nn
}  // namespace torch
