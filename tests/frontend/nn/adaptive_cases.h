// Pooling with windows of unequal lengths or at chosen places, and its reversal.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;
namespace nn = torch::nn;

inline void adaptive_cases(const Show& show) {
  Tensor a = leaf({2, 2, 7}, 1), b = leaf({2, 2, 5, 6}, 2), c = leaf({1, 2, 3, 4, 5}, 3),
         one = leaf({2, 5, 6}, 4);
  for (int64_t n : {1, 3, 7, 9}) {
    const std::string size = " of size " + std::to_string(n);
    with_gradients(show, "adaptive_avg_pool1d" + size, {a},
                   [&] { return F::adaptive_avg_pool1d(a, F::AdaptiveAvgPool1dFuncOptions(n)); });
    with_gradients(show, "adaptive_max_pool1d" + size, {a},
                   [&] { return F::adaptive_max_pool1d(a, F::AdaptiveMaxPool1dFuncOptions(n)); });
    show("adaptive_max_pool1d indices" + size,
         std::get<1>(torch::adaptive_max_pool1d(a.detach(), n)));
  }
  for (std::vector<int64_t> size : {std::vector<int64_t>{1, 1}, {5, 6}, {2, 3}, {5, 4}, {3, 8}}) {
    const std::string name = " of size " + std::to_string(size[0]) + "x" + std::to_string(size[1]);
    with_gradients(show, "adaptive_avg_pool2d" + name, {b},
                   [&] { return torch::adaptive_avg_pool2d(b, size); });
    with_gradients(show, "adaptive_max_pool2d" + name, {b},
                   [&] { return std::get<0>(torch::adaptive_max_pool2d(b, size)); });
    show("adaptive_max_pool2d indices" + name,
         std::get<1>(torch::adaptive_max_pool2d(b.detach(), size)));
  }
  with_gradients(show, "adaptive_avg_pool2d unbatched", {one}, [&] {
    return torch::adaptive_avg_pool2d(one, {3, 4});
  });
  with_gradients(show, "adaptive_avg_pool3d", {c}, [&] {
    return torch::adaptive_avg_pool3d(c, {2, 2, 5});
  });
  with_gradients(show, "adaptive_max_pool3d", {c}, [&] {
    return std::get<0>(torch::adaptive_max_pool3d(c, {2, 3, 2}));
  });
  show("adaptive_max_pool3d indices",
       std::get<1>(torch::adaptive_max_pool3d(c.detach(), {2, 3, 2})));
  show("AdaptiveAvgPool2d of a free size",
       nn::AdaptiveAvgPool2d(nn::AdaptiveAvgPool2dOptions({2, std::nullopt}))(b.detach()));
  show("AdaptiveMaxPool3d of a free size", nn::AdaptiveMaxPool3d(nn::AdaptiveMaxPool3dOptions(
                                               {std::nullopt, 2, std::nullopt}))(c.detach()));
  show("adaptive pooling to nothing", torch::adaptive_avg_pool2d(b.detach(), {0, 2}));
}

inline void lp_cases(const Show& show) {
  Tensor a = leaf({2, 1, 8}, 1), b = leaf({1, 2, 5, 6}, 2);
  with_gradients(show, "lp_pool1d", {a},
                 [&] { return F::lp_pool1d(a, F::LPPool1dFuncOptions(2, 3).stride(2)); });
  with_gradients(show, "lp_pool2d", {b}, [&] {
    return F::lp_pool2d(b, F::LPPool2dFuncOptions(2, {2, 3}));
  });
  with_gradients(show, "lp_pool2d ceil", {b}, [&] {
    return F::lp_pool2d(b, F::LPPool2dFuncOptions(2, 3).stride(2).ceil_mode(true));
  });
  Tensor c = wave({1, 1, 4, 4, 4}, 3).abs();
  show("lp_pool3d", F::lp_pool3d(c, F::LPPool3dFuncOptions(1.5, 2)));
}

inline void unpool_cases(const Show& show) {
  Tensor a = leaf({2, 2, 6}, 1), b = leaf({2, 2, 4, 6}, 2), c = leaf({1, 2, 4, 4, 2}, 3);
  const auto [ay, ai] = F::max_pool1d_with_indices(a, F::MaxPool1dFuncOptions(2));
  const auto [by, bi] = F::max_pool2d_with_indices(b, F::MaxPool2dFuncOptions(2));
  const auto [cy, ci] = F::max_pool3d_with_indices(c, F::MaxPool3dFuncOptions(2));
  with_gradients(show, "max_unpool1d", {a}, [&, y = ay, i = ai] {
    return F::max_unpool1d(y, i, F::MaxUnpool1dFuncOptions(2));
  });
  with_gradients(show, "max_unpool2d", {b}, [&, y = by, i = bi] {
    return F::max_unpool2d(
        y, i, F::MaxUnpool2dFuncOptions(2).output_size(std::vector<int64_t>{2, 2, 5, 6}));
  });
  with_gradients(show, "max_unpool3d", {c}, [&, y = cy, i = ci] {
    return F::max_unpool3d(y, i, F::MaxUnpool3dFuncOptions(2));
  });
}

inline void fractional_cases(const Show& show) {
  Tensor b = leaf({2, 2, 6, 7}, 1), c = leaf({1, 2, 5, 6, 5}, 2);
  const Tensor u = wave({2, 2, 2}, 3).abs() / 1.6, v = wave({1, 2, 3}, 4).abs() / 1.6;
  with_gradients(show, "fractional_max_pool2d", {b}, [&] {
    return F::fractional_max_pool2d(b, F::FractionalMaxPool2dFuncOptions({2, 3})
                                           .output_size(torch::ExpandingArray<2>({3, 4}))
                                           ._random_samples(u));
  });
  show("fractional_max_pool2d indices",
       std::get<1>(F::fractional_max_pool2d_with_indices(
           b.detach(), F::FractionalMaxPool2dFuncOptions(2)
                           .output_ratio(torch::ExpandingArray<2, double>({0.5, 0.6}))
                           ._random_samples(u))));
  with_gradients(show, "fractional_max_pool3d", {c}, [&] {
    return F::fractional_max_pool3d(c, F::FractionalMaxPool3dFuncOptions(2)
                                           .output_size(torch::ExpandingArray<3>({2, 4, 1}))
                                           ._random_samples(v));
  });
}
}  // namespace golden
