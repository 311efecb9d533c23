/// torch:: functions of dropout other than dropout itself. If `train`, each element, or each channel
/// of each image, is dropped with probability p.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
#define WEFT_DROPOUT(f)                     \
  Tensor f(In input, double p, bool train); \
  Tensor& f##_(Tensor& self, double p, bool train);
/// Dropped channels become zero, the others are scaled by 1 / (1 - p).
WEFT_DROPOUT(feature_dropout)
/// Dropped elements become what a SELU is far to the left; all are scaled and shifted so that mean
/// 0 and variance 1 stay (Klambauer et al. 2017).
WEFT_DROPOUT(alpha_dropout)
WEFT_DROPOUT(feature_alpha_dropout)
#undef WEFT_DROPOUT
}  // namespace torch
