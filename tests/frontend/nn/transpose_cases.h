// Transposed convolutions, and convolutions padded by names.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;

inline void conv_transpose_cases(const Show& show) {
  {
    Tensor x = leaf({2, 3, 5}, 1), w = leaf({3, 2, 3}, 2), b = leaf({2}, 3);
    with_gradients(show, "conv_transpose1d", {x, w, b}, [&] {
      return F::conv_transpose1d(x, w, F::ConvTranspose1dFuncOptions().bias(b));
    });
    with_gradients(show, "conv_transpose1d stride padding output_padding", {x, w, b}, [&] {
      return F::conv_transpose1d(
          x, w, F::ConvTranspose1dFuncOptions().bias(b).stride(3).padding(2).output_padding(2));
    });
    with_gradients(show, "conv_transpose1d output_padding above the stride", {x, w}, [&] {
      return torch::conv_transpose1d(x, w, {}, 1, 1, 2, 1, 3);
    });
  }
  {
    Tensor x = leaf({2, 4, 3, 4}, 1), w = leaf({4, 2, 3, 2}, 2), b = leaf({2}, 3);
    with_gradients(show, "conv_transpose2d", {x, w, b},
                   [&] { return torch::conv_transpose2d(x, w, b); });
    with_gradients(show, "conv_transpose2d stride dilation", {x, w}, [&] {
      return F::conv_transpose2d(
          x, w, F::ConvTranspose2dFuncOptions().stride({2, 1}).dilation({1, 2}).padding({1, 0}));
    });
    Tensor grouped = leaf({4, 3, 2, 2}, 5), b6 = leaf({6}, 6), one = leaf({4, 3, 4}, 7);
    with_gradients(show, "conv_transpose2d groups", {x, grouped, b6}, [&] {
      return F::conv_transpose2d(
          x, grouped,
          F::ConvTranspose2dFuncOptions().groups(2).bias(b6).stride(2).output_padding(1));
    });
    with_gradients(show, "conv_transpose2d unbatched", {one, w},
                   [&] { return torch::conv_transpose2d(one, w); });
  }
  Tensor x = leaf({1, 2, 2, 3, 2}, 1), w = leaf({2, 2, 2, 2, 3}, 2), b = leaf({2}, 3);
  with_gradients(show, "conv_transpose3d", {x, w, b}, [&] {
    return F::conv_transpose3d(
        x, w, F::ConvTranspose3dFuncOptions().bias(b).stride({1, 2, 2}).padding({0, 1, 1}));
  });
}

inline void conv_name_cases(const Show& show) {
  Tensor x = leaf({1, 2, 5, 4}, 1), w = leaf({2, 2, 3, 2}, 2), b = leaf({2}, 3);
  with_gradients(show, "conv2d \"same\"", {x, w, b},
                 [&] { return torch::conv2d(x, w, b, 1, "same"); });
  with_gradients(show, "conv2d \"valid\"", {x, w},
                 [&] { return torch::conv2d(x, w, {}, 2, "valid"); });
  torch::NoGradGuard no_grad;
  const auto filled = [](auto module, double seed) {
    for (Tensor& p : module->parameters()) p.copy_(wave(p.sizes().vec(), seed++));
    return module;
  };
  namespace nn = torch::nn;
  auto up =
      filled(nn::ConvTranspose2d(nn::ConvTranspose2dOptions(2, 3, 3).stride(2).padding(1)), 4);
  show("ConvTranspose2d", up(x.detach()));
  show("ConvTranspose2d of a size", up->forward(x.detach(), std::vector<int64_t>{10, 8}));
  show("ConvTranspose2d of all sizes", up->forward(x.detach(), std::vector<int64_t>{1, 3, 9, 8}));
  for (auto mode : {0, 1, 2}) {
    auto options = nn::Conv1dOptions(2, 2, 3).padding(2);
    if (mode == 0) options.padding_mode(torch::kReflect);
    if (mode == 1) options.padding_mode(torch::kReplicate);
    if (mode == 2) options.padding_mode(torch::kCircular);
    auto conv = filled(nn::Conv1d(options), 5);
    show("Conv1d padded by mode " + std::to_string(mode), conv(wave({2, 2, 6}, 6)));
  }
}
}  // namespace golden
