/// torch:: functions of pooling that are made of other ops: windows of unequal length, windows at
/// random places, and their reversal.
#pragma once
#include <tuple>

#include "frontend/tensor/tensor.h"

namespace torch {

/// Windows such that `output_size` of them cover a dim: window i of n goes from floor(i * size / n)
/// to ceil((i + 1) * size / n). Their means; or their largest elements and where these are among
/// the input's spatial elements (long).
#define WEFT_ADAPTIVE(D)                                            \
  Tensor adaptive_avg_pool##D##d(In self, IntArrayRef output_size); \
  std::tuple<Tensor, Tensor> adaptive_max_pool##D##d(In self, IntArrayRef output_size);
WEFT_ADAPTIVE(1)
WEFT_ADAPTIVE(2)
WEFT_ADAPTIVE(3)
#undef WEFT_ADAPTIVE

/// Zeros of spatial sizes `output_size`, with the elements of `self` at the places `indices` (long)
/// that max pooling gave with them.
Tensor max_unpool2d(In self, const Tensor& indices, IntArrayRef output_size);
Tensor max_unpool3d(In self, const Tensor& indices, IntArrayRef output_size, IntArrayRef stride,
                    IntArrayRef padding);

/// Max pooling with windows of one size at pseudo-random places (Graham 2014): `random_samples`
/// (N, C, dims) in [0, 1) say where, a number a plane and dim.
std::tuple<Tensor, Tensor> fractional_max_pool2d(In self, IntArrayRef kernel_size,
                                                 IntArrayRef output_size,
                                                 const Tensor& random_samples);
std::tuple<Tensor, Tensor> fractional_max_pool3d(In self, IntArrayRef kernel_size,
                                                 IntArrayRef output_size,
                                                 const Tensor& random_samples);
}  // namespace torch
