/// LBFGS; schedules of libtorch's C++ API; clipped gradients.
#pragma once
#include <limits>

#include "tests/frontend/golden.h"

namespace golden {

inline void minimize(const Show& show, const std::string& name, torch::optim::LBFGSOptions options,
                     int steps) {
  // In double: its steps magnify roundings.
  auto wide = [](Tensor t) { return t.to(torch::kDouble); };
  Tensor w = wide(wave({2, 3}, 1)).requires_grad_(), b = wide(wave({3}, 2)).requires_grad_();
  Tensor unused = wide(wave({2}, 3)).requires_grad_();
  const Tensor x = wide(wave({4, 2}, 3)), y = wide(wave({4, 3}, 4));
  torch::optim::LBFGS optimizer({w, b, unused}, options);
  int calls = 0;
  for (int step = 0; step < steps; ++step) {
    Tensor loss = optimizer.step([&] {
      ++calls;
      optimizer.zero_grad();
      Tensor l = (torch::tanh(torch::matmul(x, w) + b) - y).pow(2).mean();
      l.backward();
      return l;
    });
    const std::string at = name + ", step " + std::to_string(step);
    show(at + ", loss", loss);
    show(at + ", w", w);
    show(at + ", b", b);
    show(at + ", calls", torch::tensor(calls));
  }
}
inline void lbfgs_cases(const Show& show) {
  using torch::optim::LBFGSOptions;
  minimize(show, "LBFGS", LBFGSOptions(0.5).max_iter(4), 3);
  minimize(show, "LBFGS short history", LBFGSOptions(0.3).max_iter(7).history_size(2), 2);
  minimize(show, "LBFGS few calls", LBFGSOptions(0.3).max_iter(10).max_eval(4), 3);
  minimize(show, "LBFGS line search",
           LBFGSOptions(1).max_iter(4).line_search_fn("strong_wolfe"), 3);
  minimize(show, "LBFGS long steps",
           LBFGSOptions(5).max_iter(3).line_search_fn("strong_wolfe"), 2);
  minimize(show, "LBFGS line search, few calls",
           LBFGSOptions(1).max_iter(3).max_eval(2).line_search_fn("strong_wolfe"), 2);
}

inline void scheduler_cases(const Show& show) {
  using namespace torch::optim;
  auto rates = [](SGD& o) {
    return std::vector<double>{o.param_groups()[0].options().get_lr(),
                               o.param_groups()[1].options().get_lr()};
  };
  auto optimizer = [] {
    std::vector<OptimizerParamGroup> groups;
    groups.emplace_back(std::vector<Tensor>{torch::zeros({1})});
    groups.emplace_back(std::vector<Tensor>{torch::zeros({1})}, std::make_unique<SGDOptions>(0.01));
    return std::make_unique<SGD>(groups, SGDOptions(0.5));
  };
  auto show_rates = [&](const std::string& name, const std::vector<double>& all) {
    show(name, torch::tensor(all, torch::kDouble));
  };
  {
    auto o = optimizer();
    StepLR scheduler(*o, 3, 0.5);
    std::vector<double> all;
    for (int i = 0; i < 12; ++i) {
      scheduler.step();
      for (double rate : rates(*o)) all.push_back(rate);
    }
    show_rates("StepLR", all);
  }
  using Plateau = ReduceLROnPlateauScheduler;
  auto plateau = [&](const std::string& name, SGD& o, Plateau& scheduler) {
    std::vector<double> all;
    for (int i = 0; i < 60; ++i) {
      scheduler.step(static_cast<float>(std::sin(0.3 * i) / (1 + 0.05 * i)));
      for (double rate : rates(o)) all.push_back(rate);
    }
    show_rates(name, all);
  };
  auto a = optimizer(), b = optimizer();
  Plateau first(*a), second(*b, Plateau::max, 0.7f, 2, 0.01, Plateau::abs, 4, {0.1f, 0.001f}, 1e-3);
  plateau("ReduceLROnPlateauScheduler", *a, first);
  plateau("ReduceLROnPlateauScheduler max", *b, second);
}

inline void clip_cases(const Show& show) {
  namespace utils = torch::nn::utils;
  const double inf = std::numeric_limits<double>::infinity();
  for (double norm_type : {0.0, 0.5, 1.0, 2.0, 3.5, inf})
    for (double most : {0.5, 100.0}) {
      Tensor a = leaf({2, 3}, 1), b = leaf({3}, 2), none = leaf({2}, 3);
      a.mutable_grad() = wave({2, 3}, 4);
      b.mutable_grad() = wave({3}, 5);
      const double total = utils::clip_grad_norm_({a, none, b}, most, norm_type);
      const std::string name = "clip_grad_norm_ " + std::to_string(norm_type) + " to " +
                               std::to_string(most);
      show(name, torch::tensor(total, torch::kDouble));
      show(name + ", a", a.grad());
      show(name + ", b", b.grad());
    }
  Tensor a = leaf({2, 3}, 1);
  a.mutable_grad() = wave({2, 3}, 4);
  utils::clip_grad_value_(a, 0.7);
  show("clip_grad_value_", a.grad());
  Tensor p = leaf({2, 2}, 1), q = leaf({3}, 2);
  const Tensor vector = utils::parameters_to_vector({p, q});
  show("parameters_to_vector", vector);
  utils::vector_to_parameters(vector.detach() * 2, {p, q});
  show("vector_to_parameters", p);
  show("vector_to_parameters, the second", q);
}
}  // namespace golden
