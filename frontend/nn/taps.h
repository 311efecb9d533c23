/// Which pixels of a row a pixel of the resampled row is made of, and with what weights.
#pragma once
#include <optional>
#include <vector>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

/// Output i is the sum over k of weight[k][i] times input index[k][i]; no weights: index[0] alone.
struct Taps {
  std::vector<std::vector<int64_t>> index;
  std::vector<std::vector<double>> weight;
};
enum class Resample { nearest, nearest_exact, linear, cubic, linear_antialias, cubic_antialias };

/// `T` is the type the weights are computed in: that of the elements, or float.
template <class T>
Taps taps(Resample mode, int64_t input, int64_t output, bool align_corners,
          std::optional<double> scale);
extern template Taps taps<float>(Resample, int64_t, int64_t, bool, std::optional<double>);
extern template Taps taps<double>(Resample, int64_t, int64_t, bool, std::optional<double>);

/// Keys' cubic (1981) with parameter A, at distance x from a pixel.
template <class T> T cubic(T x, T A) {
  if (x < 0) x = -x;
  if (x <= 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
  return x < 2 ? ((A * x - 5 * A) * x + 8 * A) * x - 4 * A : T(0);
}
}  // namespace nn
}  // namespace torch
