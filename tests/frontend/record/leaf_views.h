/// A leaf whose memory is laid out through a view, and views of it by every kind of step.
#pragma once
#include "tests/frontend/record/program.h"

namespace golden {
inline void views_of(const char* name, const std::function<Tensor()>& leaf) {
  auto through = [&](const std::string& how, const std::function<Tensor(const Tensor&)>& view) {
    program(std::string(name) + ", " + how, [&] {
      Tensor x = leaf(), v = view(x);
      see("view", v);
      (v * torch::arange(v.numel(), torch::kFloat).view(v.sizes())).sum().backward();
      see("grad", x.grad());
      { torch::NoGradGuard g; x.mul_(10); }
      see("written", v);
      x.mutable_grad().reset();
      view(x).square().sum().backward();
      see("grad", x.grad());
    });
  };
  through("flat", [](const Tensor& x) { return x.reshape({6}); });
  through("reshaped", [](const Tensor& x) { return x.reshape({3, 2}); });
  through("row of reshaped", [](const Tensor& x) { return x.reshape({3, 2})[2]; });
  through("transposed", [](const Tensor& x) { return x.t(); });
  through("transposed twice", [](const Tensor& x) { return x.t().t(); });
  through("sliced", [](const Tensor& x) { return x.slice(1, 1, 3); });
  through("unsqueezed", [](const Tensor& x) { return x.unsqueeze(0).squeeze(0); });
  through("as_strided", [](const Tensor& x) { return x.as_strided({2, 2}, {2, 1}); });
  through("address given out", [](const Tensor& x) {
    x.data_ptr<float>();
    return x.slice(1, 0, 2);
  });
}
inline void leaves_that_are_views() {
  auto six = [] { return torch::arange(6, torch::kFloat); };
  views_of("plain leaf", [&] { return six().clone().view({2, 3}).clone().requires_grad_(); });
  views_of("reshaped leaf", [&] { return six().reshape({2, 3}).requires_grad_(); });
  views_of("transposed leaf", [&] { return six().reshape({3, 2}).t().requires_grad_(); });
  views_of("sliced leaf", [&] {
    return torch::arange(12, torch::kFloat).reshape({3, 4}).slice(0, 1, 3).slice(1, 1, 4)
        .requires_grad_();
  });
  views_of("strided leaf", [&] {
    return torch::arange(9, torch::kFloat).as_strided({2, 3}, {4, 1}, 1).requires_grad_();
  });
  views_of("leaf with other data", [&] {
    Tensor x = torch::zeros({2, 3}).requires_grad_();
    x.set_data(six().reshape({2, 3}));
    return x;
  });
}
}  // namespace golden
