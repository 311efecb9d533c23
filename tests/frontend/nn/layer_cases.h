// Layers that look at windows or normalise, values and gradients.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;

inline void linear_cases(const Show& show) {
  Tensor w = leaf({3, 4}, 1), b = leaf({3}, 2);
  for (std::vector<int64_t> sizes : {std::vector<int64_t>{4}, {2, 4}, {2, 2, 4}, {0, 4}}) {
    Tensor x = leaf(sizes, 3);
    const std::string rank = std::to_string(sizes.size());
    with_gradients(show, "linear of rank " + rank, {x, w, b}, [&] { return F::linear(x, w, b); });
    with_gradients(show, "linear without bias, rank " + rank, {x, w},
                   [&] { return F::linear(x, w); });
  }
}

inline void conv_cases(const Show& show) {
  {
    Tensor x = leaf({2, 2, 7}, 1), w = leaf({4, 2, 3}, 2), b = leaf({4}, 3);
    with_gradients(show, "conv1d", {x, w, b},
                   [&] { return F::conv1d(x, w, F::Conv1dFuncOptions().bias(b)); });
    with_gradients(show, "conv1d stride padding dilation", {x, w}, [&] {
      return F::conv1d(x, w, F::Conv1dFuncOptions().stride(2).padding(2).dilation(2));
    });
    Tensor even = leaf({4, 2, 4}, 4);
    with_gradients(show, "conv1d same", {x, even}, [&] {
      return F::conv1d(x, even, F::Conv1dFuncOptions().padding(torch::kSame));
    });
  }
  {
    Tensor x = leaf({2, 2, 5, 6}, 1), w = leaf({4, 2, 3, 2}, 2), b = leaf({4}, 3);
    with_gradients(show, "conv2d", {x, w, b},
                   [&] { return F::conv2d(x, w, F::Conv2dFuncOptions().bias(b)); });
    with_gradients(show, "conv2d stride padding", {x, w}, [&] {
      return F::conv2d(x, w, F::Conv2dFuncOptions().stride({2, 1}).padding({1, 2}));
    });
    with_gradients(show, "conv2d valid", {x, w}, [&] {
      return F::conv2d(x, w, F::Conv2dFuncOptions().padding(torch::kValid));
    });
    with_gradients(show, "conv2d same dilation", {x, w}, [&] {
      return F::conv2d(x, w, F::Conv2dFuncOptions().padding(torch::kSame).dilation({1, 2}));
    });
    Tensor grouped = leaf({4, 1, 3, 3}, 5);
    with_gradients(show, "conv2d groups", {x, grouped}, [&] {
      return F::conv2d(x, grouped, F::Conv2dFuncOptions().groups(2).padding(1));
    });
    Tensor one = leaf({2, 5, 6}, 6);
    with_gradients(show, "conv2d unbatched", {one, w, b}, [&] {
      return torch::conv2d(one, w, b);
    });
  }
  Tensor x = leaf({1, 2, 3, 4, 3}, 1), w = leaf({2, 2, 2, 2, 2}, 2), b = leaf({2}, 3);
  with_gradients(show, "conv3d", {x, w, b}, [&] {
    return F::conv3d(x, w, F::Conv3dFuncOptions().bias(b).stride({1, 2, 1}).padding({0, 1, 1}));
  });
}

inline void padding_mode_cases(const Show& show) {
  torch::NoGradGuard no_grad;
  const Tensor x = wave({1, 2, 4, 5}, 1), w = wave({2, 2, 3, 3}, 2), b = wave({2}, 3);
  auto run = [&](const std::string& name, torch::nn::Conv2dOptions options) {
    torch::nn::Conv2d conv(options.padding({1, 2}));
    conv->weight.copy_(w);
    conv->bias.copy_(b);
    show("conv2d padded by " + name, conv(x));
  };
  run("zeros", torch::nn::Conv2dOptions(2, 2, 3).padding_mode(torch::kZeros));
  run("reflection", torch::nn::Conv2dOptions(2, 2, 3).padding_mode(torch::kReflect));
  run("replication", torch::nn::Conv2dOptions(2, 2, 3).padding_mode(torch::kReplicate));
  run("the other end", torch::nn::Conv2dOptions(2, 2, 3).padding_mode(torch::kCircular));
}

inline void pooling_cases(const Show& show) {
  Tensor a = leaf({2, 2, 9}, 1), b = leaf({1, 2, 7, 6}, 2), c = leaf({1, 1, 4, 5, 4}, 3),
         one = leaf({2, 7, 6}, 4);
  with_gradients(show, "max_pool1d", {a},
                 [&] { return F::max_pool1d(a, F::MaxPool1dFuncOptions(2)); });
  with_gradients(show, "max_pool1d overlapping", {a}, [&] {
    return F::max_pool1d(a, F::MaxPool1dFuncOptions(3).stride(2).padding(1));
  });
  with_gradients(show, "max_pool2d", {b},
                 [&] { return F::max_pool2d(b, F::MaxPool2dFuncOptions(2)); });
  with_gradients(show, "max_pool2d ceil", {b}, [&] {
    return F::max_pool2d(b, F::MaxPool2dFuncOptions({3, 2}).stride(2).ceil_mode(true));
  });
  with_gradients(show, "max_pool2d dilation", {b}, [&] {
    return F::max_pool2d(b, F::MaxPool2dFuncOptions(2).stride(1).dilation({2, 1}).padding(1));
  });
  with_gradients(show, "max_pool2d unbatched", {one},
                 [&] { return torch::max_pool2d(one, {2, 2}, {2, 2}); });
  with_gradients(show, "max_pool3d", {c},
                 [&] { return F::max_pool3d(c, F::MaxPool3dFuncOptions(2)); });
  show("max_pool2d indices",
       std::get<1>(torch::max_pool2d_with_indices(b.detach(), {3, 3}, {2, 2}, {1, 1})));
  with_gradients(show, "avg_pool1d", {a},
                 [&] { return F::avg_pool1d(a, F::AvgPool1dFuncOptions(3).stride(2)); });
  with_gradients(show, "avg_pool2d", {b},
                 [&] { return F::avg_pool2d(b, F::AvgPool2dFuncOptions(2)); });
  for (bool include : {true, false})
    for (bool ceil : {true, false})
      with_gradients(show,
                     std::string("avg_pool2d padded") + (include ? " counting it" : "") +
                         (ceil ? ", ceil" : ""),
                     {b}, [&] {
                       return F::avg_pool2d(b, F::AvgPool2dFuncOptions({3, 2})
                                                   .stride(2)
                                                   .padding(1)
                                                   .ceil_mode(ceil)
                                                   .count_include_pad(include));
                     });
  with_gradients(show, "avg_pool2d divisor", {b}, [&] {
    return F::avg_pool2d(b, F::AvgPool2dFuncOptions(3).stride(2).divisor_override(4));
  });
  with_gradients(show, "avg_pool3d", {c}, [&] {
    return F::avg_pool3d(c,
                         F::AvgPool3dFuncOptions(2).stride(2).padding(1).count_include_pad(false));
  });
}

inline void normalization_cases(const Show& show) {
  Tensor x = leaf({3, 4}, 1), w = leaf({4}, 2), b = leaf({4}, 3), image = leaf({2, 4, 2, 3}, 4),
         volume = leaf({2, 4, 2, 1, 2}, 5);
  with_gradients(show, "layer_norm", {x, w, b}, [&] {
    return F::layer_norm(x, F::LayerNormFuncOptions({4}).weight(w).bias(b));
  });
  Tensor w2 = leaf({2, 3}, 6), b2 = leaf({2, 3}, 7);
  with_gradients(show, "layer_norm of two dims", {image, w2, b2}, [&] {
    return F::layer_norm(image, F::LayerNormFuncOptions({2, 3}).weight(w2).bias(b2).eps(1e-2));
  });
  with_gradients(show, "layer_norm plain", {x},
                 [&] { return F::layer_norm(x, F::LayerNormFuncOptions({4})); });
  for (bool training : {true, false}) {
    const std::string mode = training ? " while training" : " in evaluation";
    for (const Tensor& input : {x, image, volume}) {
      Tensor mean = wave({4}, 8), var = wave({4}, 9).abs() + 0.5;
      with_gradients(
          show, "batch_norm of rank " + std::to_string(input.dim()) + mode, {input, w, b}, [&] {
            return F::batch_norm(
                input, mean, var,
                F::BatchNormFuncOptions().weight(w).bias(b).training(training).momentum(0.3));
          });
      show("its running mean", mean);
      show("its running var", var);
    }
  }
  torch::nn::BatchNorm2d norm(torch::nn::BatchNorm2dOptions(4).momentum(std::nullopt));
  for (int i = 0; i < 3; ++i) norm(wave({2, 4, 2, 3}, 10 + i));
  show("batch_norm by cumulative average, mean", norm->running_mean);
  show("batch_norm by cumulative average, var", norm->running_var);
  show("batches tracked", norm->num_batches_tracked);
}
}  // namespace golden
