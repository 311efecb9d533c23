#pragma once
#include "frontend/tensor/arg.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
/// `CosineSimilarity(CosineSimilarityOptions().dim(0).eps(0.5))`.
struct CosineSimilarityOptions {
  TORCH_ARG(int64_t, dim) = 1;
  TORCH_ARG(double, eps) = 1e-8;
};
/// `PairwiseDistance(PairwiseDistanceOptions().p(3).eps(0.5).keepdim(true))`.
struct PairwiseDistanceOptions {
  TORCH_ARG(double, p) = 2.0;
  TORCH_ARG(double, eps) = 1e-6;
  TORCH_ARG(bool, keepdim) = false;
};
namespace functional {
using CosineSimilarityFuncOptions = CosineSimilarityOptions;
using PairwiseDistanceFuncOptions = PairwiseDistanceOptions;
}  // namespace functional
}  // namespace nn
}  // namespace torch
