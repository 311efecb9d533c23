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
                        Location where = Location::current());                                    \
  /** Pooling with as many windows as said, which cover the input evenly. */                      \
  Tensor adaptive_max_pool##D##d(const Tensor& input,                                             \
                                 const AdaptiveMaxPool##D##dFuncOptions& options,                 \
                                 Location where = Location::current());                           \
  std::tuple<Tensor, Tensor> adaptive_max_pool##D##d_with_indices(                                \
      const Tensor& input, const AdaptiveMaxPool##D##dFuncOptions& options,                       \
      Location where = Location::current());                                                      \
  Tensor adaptive_avg_pool##D##d(const Tensor& input,                                             \
                                 const AdaptiveAvgPool##D##dFuncOptions& options,                 \
                                 Location where = Location::current());                           \
  /** Zeros, with the elements of `input` at the places that max pooling took them from. */       \
  Tensor max_unpool##D##d(const Tensor& input, const Tensor& indices,                             \
                          const MaxUnpool##D##dFuncOptions& options,                              \
                          Location where = Location::current());                                  \
  /** The p-norm of each window. */                                                               \
  Tensor lp_pool##D##d(const Tensor& input, const LPPool##D##dFuncOptions& options,               \
                       Location where = Location::current());
WEFT_POOLING(1)
WEFT_POOLING(2)
WEFT_POOLING(3)
#undef WEFT_POOLING
#define WEFT_POOLING(D)                                                               \
  /** Max pooling with windows at random places. */                                   \
  Tensor fractional_max_pool##D##d(const Tensor& input,                               \
                                   const FractionalMaxPool##D##dFuncOptions& options, \
                                   Location where = Location::current());             \
  std::tuple<Tensor, Tensor> fractional_max_pool##D##d_with_indices(                  \
      const Tensor& input, const FractionalMaxPool##D##dFuncOptions& options,         \
      Location where = Location::current());
WEFT_POOLING(2)
WEFT_POOLING(3)
#undef WEFT_POOLING
}  // namespace functional
}  // namespace nn
}  // namespace torch
