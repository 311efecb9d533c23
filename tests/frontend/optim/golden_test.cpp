// Optimizers walk libtorch's paths: parameters after each of a few steps.
#include <functional>
#include <memory>

#include "tests/frontend/golden.h"
#include "tests/frontend/optim/lbfgs_cases.h"

namespace golden {
using torch::optim::Optimizer;
using Make = std::function<std::unique_ptr<Optimizer>(std::vector<Tensor>)>;

// A loss that is no quadratic, of two parameters; the second takes no part in the second step.
static void walk(const Show& show, const std::string& name, const Make& make,
                 const std::function<void(Optimizer&, int step)>& before_step = {}) {
  Tensor w = leaf({2, 3}, 1), b = leaf({3}, 2);
  const Tensor x = wave({4, 2}, 3), y = wave({4, 3}, 4);
  auto optimizer = make({w, b});
  for (int step = 0; step < 5; ++step) {
    if (before_step) before_step(*optimizer, step);
    optimizer->zero_grad();
    Tensor out = x.matmul(w);
    if (step != 1) out = out + b;
    Tensor loss = (torch::tanh(out) - y).pow(2).mean();
    loss.backward();
    optimizer->step();
    const std::string at = name + ", step " + std::to_string(step);
    show(at + ", loss", loss);
    show(at + ", w", w);
    show(at + ", b", b);
  }
}

static void optim_cases(const Show& show) {
  using namespace torch::optim;
  auto sgd = [](SGDOptions options) -> Make {
    return
        [options](std::vector<Tensor> p) { return std::make_unique<SGD>(std::move(p), options); };
  };
  auto adam = [](AdamOptions options) -> Make {
    return
        [options](std::vector<Tensor> p) { return std::make_unique<Adam>(std::move(p), options); };
  };
  auto adamw = [](AdamWOptions options) -> Make {
    return
        [options](std::vector<Tensor> p) { return std::make_unique<AdamW>(std::move(p), options); };
  };
  walk(show, "SGD", sgd(SGDOptions(0.1)));
  walk(show, "SGD momentum", sgd(SGDOptions(0.1).momentum(0.9)));
  walk(show, "SGD dampening", sgd(SGDOptions(0.1).momentum(0.9).dampening(0.3)));
  walk(show, "SGD nesterov", sgd(SGDOptions(0.1).momentum(0.9).nesterov(true)));
  walk(show, "SGD weight decay", sgd(SGDOptions(0.1).momentum(0.5).weight_decay(0.1)));
  walk(show, "Adam", adam(AdamOptions(0.1)));
  walk(show, "Adam betas", adam(AdamOptions(0.1).betas(std::make_tuple(0.5, 0.9)).eps(1e-3)));
  walk(show, "Adam amsgrad", adam(AdamOptions(0.1).amsgrad(true)));
  walk(show, "Adam weight decay", adam(AdamOptions(0.1).weight_decay(0.1)));
  walk(show, "AdamW", adamw(AdamWOptions(0.1)));
  walk(show, "AdamW amsgrad", adamw(AdamWOptions(0.1).weight_decay(0.2).amsgrad(true)));
  auto rmsprop = [](RMSpropOptions options) -> Make {
    return [options](std::vector<Tensor> p) {
      return std::make_unique<RMSprop>(std::move(p), options);
    };
  };
  auto adagrad = [](AdagradOptions options) -> Make {
    return [options](std::vector<Tensor> p) {
      return std::make_unique<Adagrad>(std::move(p), options);
    };
  };
  walk(show, "RMSprop", rmsprop(RMSpropOptions(0.1)));
  walk(show, "RMSprop all", rmsprop(RMSpropOptions(0.1).alpha(0.8).eps(1e-3).weight_decay(0.1)
                                        .momentum(0.5).centered(true)));
  walk(show, "Adagrad", adagrad(AdagradOptions(0.1)));
  walk(show, "Adagrad all", adagrad(AdagradOptions(0.1).lr_decay(0.2).weight_decay(0.1)
                                        .initial_accumulator_value(0.3).eps(1e-3)));
  walk(show, "groups", [](std::vector<Tensor> p) {
    std::vector<OptimizerParamGroup> groups;
    groups.emplace_back(std::vector<Tensor>{p[0]});
    groups.emplace_back(std::vector<Tensor>{p[1]},
                        std::make_unique<SGDOptions>(SGDOptions(0.5).momentum(0.1)));
    return std::make_unique<SGD>(groups, SGDOptions(0.1));
  });
  walk(show, "changing learning rate", adam(AdamOptions(0.1)), [](Optimizer& optimizer, int step) {
    optimizer.param_groups()[0].options().set_lr(0.1 / (1 + step));
  });
  lbfgs_cases(show);
  scheduler_cases(show);
  clip_cases(show);
}
}  // namespace golden

WEFT_GOLDEN(Optim, golden::optim_cases, "tests/frontend/optim/expected.txt")
