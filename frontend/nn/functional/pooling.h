#pragma once
#include <tuple>

#include "frontend/nn/options/pooling.h"

namespace torch {
namespace nn {
namespace functional {
#define WEFT_POOLING(D)                                                                           \
  /** The largest element of each window. */                                                      \
  Tensor max_pool##D##d(const Tensor& input, const MaxPool##D##dFuncOptions& options,             \
                        Location where = Location::current());                                    \
  /** With its index among the input's spatial elements. */                                       \
  std::tuple<Tensor, Tensor> max_pool##D##d_with_indices(const Tensor& input,                     \
                                                         const MaxPool##D##dFuncOptions& options, \
                                                         Location where = Location::current());   \
  /** The mean of each window. */                                                                 \
  Tensor avg_pool##D##d(const Tensor& input, const AvgPool##D##dFuncOptions& options,             \
                        Location where = Location::current());
WEFT_POOLING(1)
WEFT_POOLING(2)
WEFT_POOLING(3)
#undef WEFT_POOLING
}  // namespace functional
}  // namespace nn
}  // namespace torch
