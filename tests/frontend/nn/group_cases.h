// Normalisation of parts of images, and by neighbouring channels.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;
namespace nn = torch::nn;

inline void group_norm_cases(const Show& show) {
  Tensor a = leaf({3, 4}, 1), b = leaf({2, 4, 3, 2}, 2), w = leaf({4}, 3), bias = leaf({4}, 4);
  for (int64_t groups : {1, 2, 4}) {
    const std::string name = "group_norm of " + std::to_string(groups);
    with_gradients(show, name, {b, w, bias}, [&] {
      return F::group_norm(b, F::GroupNormFuncOptions(groups).weight(w).bias(bias).eps(1e-3));
    });
  }
  show("group_norm of vectors", F::group_norm(a.detach(), F::GroupNormFuncOptions(2)));
}

inline void instance_norm_cases(const Show& show) {
  Tensor a = leaf({2, 3, 5}, 1), b = leaf({2, 3, 3, 2}, 2), c = leaf({1, 3, 2, 2, 2}, 3),
         w = leaf({3}, 4), bias = leaf({3}, 5);
  for (const Tensor& x : {a, b, c}) {
    const std::string rank = " of rank " + std::to_string(x.dim());
    with_gradients(show, "instance_norm" + rank, {x, w, bias}, [&] {
      return F::instance_norm(x, F::InstanceNormFuncOptions().weight(w).bias(bias));
    });
    Tensor mean = wave({3}, 6), var = wave({3}, 7).abs() + 0.5;
    with_gradients(show, "instance_norm with statistics" + rank, {x}, [&] {
      return F::instance_norm(
          x, F::InstanceNormFuncOptions().running_mean(mean).running_var(var).momentum(0.3));
    });
    show("their mean", mean);
    show("their variance", var);
    with_gradients(show, "instance_norm by statistics" + rank, {x}, [&] {
      return F::instance_norm(
          x,
          F::InstanceNormFuncOptions().running_mean(mean).running_var(var).use_input_stats(false));
    });
  }
  nn::InstanceNorm2d norm(nn::InstanceNorm2dOptions(3).affine(true).track_running_stats(true));
  show("InstanceNorm2d", norm(b.detach()));
  show("InstanceNorm2d without a batch", norm(b.detach()[0]));
  norm->eval();
  show("InstanceNorm2d in evaluation", norm(b.detach()));
}

inline void response_cases(const Show& show) {
  Tensor a = leaf({2, 5, 3}, 1), b = leaf({2, 5, 2, 2}, 2);
  for (int64_t size : {1, 2, 3, 4}) {
    const std::string name = "local_response_norm of " + std::to_string(size);
    auto options = F::LocalResponseNormFuncOptions(size).alpha(0.5).k(2);
    with_gradients(show, name, {a}, [&] { return F::local_response_norm(a, options); });
    with_gradients(show, name + ", images", {b},
                   [&] { return F::local_response_norm(b, options); });
  }
  // (libtorch's gradient is that of another function)
  for (int64_t size : {1, 3, 5}) {
    auto cross = nn::CrossMapLRN2d(nn::CrossMapLRN2dOptions(size).alpha(0.4).beta(0.6).k(2));
    show("CrossMapLRN2d of " + std::to_string(size), cross(b.detach()));
  }
}
}  // namespace golden
