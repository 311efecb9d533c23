#pragma once
#include "frontend/nn/arg.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

/// `Linear(LinearOptions(5, 2).bias(false))`.
struct LinearOptions {
  LinearOptions(int64_t in_features, int64_t out_features)
      : in_features_(in_features), out_features_(out_features) {}
  TORCH_ARG(int64_t, in_features);
  TORCH_ARG(int64_t, out_features);
  TORCH_ARG(bool, bias) = true;
};

/// `Flatten(FlattenOptions().start_dim(2).end_dim(4))`.
struct FlattenOptions {
  TORCH_ARG(int64_t, start_dim) = 1;
  TORCH_ARG(int64_t, end_dim) = -1;
};
}  // namespace nn
}  // namespace torch
