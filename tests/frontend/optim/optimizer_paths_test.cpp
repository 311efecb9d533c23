// Every optimizer with every option walks PyTorch's path: 100 steps in double, where roundings don't
// hide a wrong formula; a few in float, where the order of operations shows.
#include <torch/torch.h>

#include <set>

#include "tests/frontend/optim/paths.h"

namespace {
using namespace torch::optim;
using torch::Tensor;

Tensor wave(std::vector<int64_t> sizes, double seed, torch::Dtype dtype) {
  std::vector<double> values;
  for (int64_t i = 0, n = sizes.size() == 1 ? sizes[0] : sizes[0] * sizes[1]; i < n; ++i)
    values.push_back(1.5 * std::sin(seed + 1.37 * static_cast<double>(i)));
  return torch::tensor(values, torch::kDouble).reshape(sizes).to(dtype);
}

class Walker {
 public:
  template <class Optimizer, class Options>
  void walk(const std::string& name, std::vector<Options> options) {
    for (size_t i = 0; i < options.size(); ++i)
      for (bool wide : {true, false})
        one<Optimizer>(name + " " + std::to_string(i) + (wide ? ", double" : ", float"), options[i],
                       wide ? std::set<int>{1, 2, 3, 6, 10, 30, 100} : std::set<int>{1, 2, 6},
                       wide ? torch::kDouble : torch::kFloat);
  }

 private:
  template <class Optimizer, class Options>
  void one(const std::string& name, Options options, const std::set<int>& shown,
           torch::Dtype dtype) {
    Tensor w = wave({2, 3}, 1, dtype).requires_grad_(), b = wave({3}, 2, dtype).requires_grad_();
    const Tensor x = wave({4, 2}, 3, dtype), y = wave({4, 3}, 4, dtype);
    Optimizer optimizer({w, b}, options);
    for (int step = 1; step <= *shown.rbegin(); ++step) {
      optimizer.step([&] {
        optimizer.zero_grad();
        Tensor loss = (torch::tanh(x.matmul(w) + b) - y).pow(2).mean();
        loss.backward();
        return loss;
      });
      if (!shown.count(step)) continue;
      const Tensor all = torch::cat({w.detach().flatten(), b.detach()}).cpu().to(torch::kDouble);
      const double* first = all.data_ptr<double>();
      expected_(name + ", step " + std::to_string(step), {first, first + all.numel()},
                dtype == torch::kDouble ? 1e-8 : 2e-6);
    }
  }
  paths::Expected expected_{"tests/frontend/optim/optimizer_paths.txt"};
};
using Pair = std::tuple<double, double>;

TEST(OptimizerPaths, AsPyTorch) {
  Walker w;
  w.walk<SGD, SGDOptions>(
      "SGD", {SGDOptions(0.1), SGDOptions(0.1).momentum(0.9),
              SGDOptions(0.1).momentum(0.9).dampening(0.3),
              SGDOptions(0.1).momentum(0.9).nesterov(true),
              SGDOptions(0.1).momentum(0.5).weight_decay(0.1), SGDOptions(0.01).maximize(true)});
  w.walk<Adam, AdamOptions>(
      "Adam", {AdamOptions(0.05), AdamOptions(0.05).betas(Pair(0.5, 0.9)).eps(1e-3),
               AdamOptions(0.05).amsgrad(true), AdamOptions(0.05).weight_decay(0.1),
               AdamOptions(0.01).maximize(true)});
  w.walk<AdamW, AdamWOptions>(
      "AdamW", {AdamWOptions(0.05), AdamWOptions(0.05).weight_decay(0.2).amsgrad(true),
                AdamWOptions(0.01).maximize(true)});
  w.walk<RMSprop, RMSpropOptions>(
      "RMSprop",
      {RMSpropOptions(0.02), RMSpropOptions(0.005).alpha(0.9).eps(1e-3),
       RMSpropOptions(0.02).momentum(0.5), RMSpropOptions(0.002).centered(true).alpha(0.9),
       RMSpropOptions(0.02).weight_decay(0.1),
       RMSpropOptions(0.01).centered(true).momentum(0.5).weight_decay(0.01).eps(1e-4),
       RMSpropOptions(0.01).maximize(true)});
  w.walk<Adagrad, AdagradOptions>(
      "Adagrad", {AdagradOptions(0.1), AdagradOptions(0.1).lr_decay(0.1),
                  AdagradOptions(0.1).weight_decay(0.1),
                  AdagradOptions(0.1).initial_accumulator_value(0.5).eps(1e-3),
                  AdagradOptions(0.01).maximize(true)});
  w.walk<Adadelta, AdadeltaOptions>(
      "Adadelta", {AdadeltaOptions(), AdadeltaOptions(0.5).rho(0.7).eps(1e-4),
                   AdadeltaOptions().weight_decay(0.1), AdadeltaOptions().maximize(true)});
  w.walk<Adamax, AdamaxOptions>(
      "Adamax", {AdamaxOptions(0.05), AdamaxOptions(0.05).betas(Pair(0.4, 0.9)).eps(1e-3),
                 AdamaxOptions(0.05).weight_decay(0.1), AdamaxOptions(0.01).maximize(true)});
  w.walk<NAdam, NAdamOptions>(
      "NAdam",
      {NAdamOptions(0.05), NAdamOptions(0.05).betas(Pair(0.6, 0.9)).eps(1e-3).momentum_decay(0.1),
       NAdamOptions(0.05).weight_decay(0.1),
       NAdamOptions(0.05).weight_decay(0.1).decoupled_weight_decay(true),
       NAdamOptions(0.01).maximize(true)});
  w.walk<RAdam, RAdamOptions>(
      "RAdam", {RAdamOptions(0.05), RAdamOptions(0.05).betas(Pair(0.6, 0.9)).eps(1e-3),
                RAdamOptions(0.05).weight_decay(0.1),
                RAdamOptions(0.05).weight_decay(0.1).decoupled_weight_decay(true),
                RAdamOptions(0.01).maximize(true)});
  w.walk<ASGD, ASGDOptions>("ASGD", {ASGDOptions(0.1), ASGDOptions(0.1).lambd(0.01).alpha(0.5).t0(10),
                                     ASGDOptions(0.1).weight_decay(0.1),
                                     ASGDOptions(0.01).maximize(true)});
  w.walk<Rprop, RpropOptions>(
      "Rprop", {RpropOptions(),
                RpropOptions(0.05).etas(Pair(0.3, 1.5)).step_sizes(Pair(1e-3, 0.2)),
                RpropOptions().maximize(true)});
}
}  // namespace
