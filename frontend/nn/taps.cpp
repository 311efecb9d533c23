#include "frontend/nn/taps.h"

#include <algorithm>
#include <cmath>

namespace torch {
namespace nn {
namespace {
template <class T> struct Row {
  int64_t input, output;
  bool align_corners;
  T scale;  // input pixels an output pixel

  Row(int64_t input, int64_t output, bool align_corners, std::optional<double> given)
      : input(input), output(output), align_corners(align_corners) {
    if (align_corners)
      scale = output > 1 ? static_cast<T>(input - 1) / static_cast<T>(output - 1) : T(0);
    else if (given && *given > 0) scale = static_cast<T>(1.0 / *given);
    else scale = static_cast<T>(input) / static_cast<T>(output);
  }
  // Where output pixel i lies in the input.
  T source(int64_t i) const {
    const T at = static_cast<T>(i);
    return align_corners ? scale * at : scale * (at + T(0.5)) - T(0.5);
  }
  int64_t inside(int64_t i) const { return std::clamp<int64_t>(i, 0, input - 1); }
};

template <class T> Taps nearest(const Row<T>& row, T shift) {
  Taps taps{{{}}, {}};
  for (int64_t i = 0; i < row.output; ++i)
    taps.index[0].push_back(
        row.inside(static_cast<int64_t>(std::floor((static_cast<T>(i) + shift) * row.scale))));
  return taps;
}

template <class T> Taps linear(const Row<T>& row) {
  Taps taps{{{}, {}}, {{}, {}}};
  for (int64_t i = 0; i < row.output; ++i) {
    const T at = std::max(row.source(i), T(0));
    const int64_t low = std::min(static_cast<int64_t>(at), row.input - 1);
    const T part = std::clamp(at - static_cast<T>(low), T(0), T(1));
    taps.index[0].push_back(low);
    taps.index[1].push_back(row.inside(low + 1));
    taps.weight[0].push_back(T(1) - part);
    taps.weight[1].push_back(part);
  }
  return taps;
}

template <class T> Taps cubic_taps(const Row<T>& row) {
  Taps taps{std::vector<std::vector<int64_t>>(4), std::vector<std::vector<double>>(4)};
  for (int64_t i = 0; i < row.output; ++i) {
    const T at = row.source(i);
    const int64_t low = std::min(static_cast<int64_t>(std::floor(at)), row.input - 1);
    const T part = std::clamp(at - static_cast<T>(low), T(0), T(1));
    for (int64_t k = 0; k < 4; ++k) {
      const auto tap = static_cast<size_t>(k);
      taps.index[tap].push_back(row.inside(low - 1 + k));
      // distances 1 + part, part, 1 - part, 2 - part
      const T distance = k < 2 ? part + static_cast<T>(1 - k) : T(1) - part + static_cast<T>(k - 2);
      taps.weight[tap].push_back(cubic(distance, T(-0.75)));
    }
  }
  return taps;
}

// As many taps as the widest output pixel covers; a narrower one has weights of zero at the end.
template <class T> Taps antialias(const Row<T>& row, int64_t width, T (*filter)(T)) {
  const T stretch = std::max(row.scale, T(1)), support = static_cast<T>(width) * T(0.5) * stretch,
          shrink = row.scale >= T(1) ? T(1) / row.scale : T(1);
  Taps taps;
  for (int64_t i = 0; i < row.output; ++i) {
    const T center = row.scale * (static_cast<T>(i) + T(0.5));
    const int64_t begin = std::max<int64_t>(static_cast<int64_t>(center - support + T(0.5)), 0);
    const int64_t end =
        std::min<int64_t>(static_cast<int64_t>(center + support + T(0.5)), row.input);
    std::vector<T> weights;
    T total = 0;
    for (int64_t j = begin; j < end; ++j) {
      weights.push_back(filter((static_cast<T>(j) - center + T(0.5)) * shrink));
      total += weights.back();
    }
    for (size_t k = taps.index.size(); k < weights.size(); ++k) {
      taps.index.emplace_back(static_cast<size_t>(i), 0);
      taps.weight.emplace_back(static_cast<size_t>(i), 0.0);
    }
    for (size_t k = 0; k < taps.index.size(); ++k) {
      const bool counts = k < weights.size();
      taps.index[k].push_back(row.inside(begin + static_cast<int64_t>(k)));
      taps.weight[k].push_back(counts ? (total != 0 ? weights[k] / total : weights[k]) : 0.0);
    }
  }
  return taps;
}
}  // namespace

template <class T>
Taps taps(Resample mode, int64_t input, int64_t output, bool align_corners,
          std::optional<double> scale) {
  const Row<T> row(input, output, align_corners, scale);
  switch (mode) {
    case Resample::nearest: return nearest(row, T(0));
    case Resample::nearest_exact: return nearest(row, T(0.5));
    case Resample::linear: return linear(row);
    case Resample::cubic: return cubic_taps(row);
    case Resample::linear_antialias:
      return antialias<T>(row, 2, [](T x) { return std::max(T(1) - std::fabs(x), T(0)); });
    default: return antialias<T>(row, 4, [](T x) { return cubic(x, T(-0.5)); });
  }
}
template Taps taps<float>(Resample, int64_t, int64_t, bool, std::optional<double>);
template Taps taps<double>(Resample, int64_t, int64_t, bool, std::optional<double>);
}  // namespace nn
}  // namespace torch
