// Optimizers: what they refuse, groups, state, closures, gradients.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/frontend/nn/throws.h"

namespace {
using torch::Tensor;
using namespace torch::optim;

Tensor parameter(double value) { return torch::full({2}, value).requires_grad_(); }

TEST(Optim, Refuses) {
  expect_throw("Invalid learning rate: -1", [] { SGD({parameter(1)}, SGDOptions(-1)); });
  expect_throw("Invalid momentum value: -0.5",
               [] { SGD({parameter(1)}, SGDOptions(1).momentum(-0.5)); });
  expect_throw("Nesterov momentum requires a momentum and zero dampening",
               [] { SGD({parameter(1)}, SGDOptions(1).nesterov(true)); });
  expect_throw("Invalid beta parameter at index 1: 1",
               [] { Adam({parameter(1)}, AdamOptions().betas(std::make_tuple(0.9, 1.0))); });
  expect_throw("Invalid epsilon value: -1", [] { AdamW({parameter(1)}, AdamWOptions().eps(-1)); });
  expect_throw("can't optimize a non-leaf Tensor", [] { SGD({parameter(1) * 2}, SGDOptions(1)); });
}

TEST(Optim, SkipsParametersWithoutGradient) {
  Tensor a = parameter(1), b = parameter(1);
  SGD optimizer({a, b}, SGDOptions(0.5));
  a.sum().backward();
  optimizer.step();
  EXPECT_EQ(a[0].item<float>(), 0.5);
  EXPECT_EQ(b[0].item<float>(), 1);
}

TEST(Optim, ZeroGrad) {
  Tensor a = parameter(1);
  SGD optimizer({a}, SGDOptions(0.5));
  a.sum().backward();
  optimizer.zero_grad(/*set_to_none=*/false);
  EXPECT_EQ(a.grad().sum().item<float>(), 0);
  optimizer.zero_grad();
  EXPECT_FALSE(a.grad().defined());
}

TEST(Optim, ClosureGivesTheLoss) {
  Tensor a = parameter(1);
  SGD optimizer({a}, SGDOptions(0.25));
  int calls = 0;
  Tensor loss = optimizer.step([&] {
    ++calls;
    optimizer.zero_grad();
    Tensor l = a.pow(2).sum();
    l.backward();
    return l;
  });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(loss.item<float>(), 2);
  EXPECT_EQ(a[0].item<float>(), 0.5);
}

// Two steps after t0 the average begins with the value of then.
TEST(Optim, ASGDAveragesFromT0On) {
  Tensor a = parameter(1), sum = torch::zeros({2});
  ASGD optimizer({a}, ASGDOptions(0.1).t0(4));
  for (int step = 1; step <= 12; ++step) {
    optimizer.zero_grad();
    a.square().sum().backward();
    optimizer.step();
    if (step >= 6) sum += a.detach();
    const auto& state = static_cast<ASGDParamState&>(*optimizer.state().begin()->second);
    const Tensor expected = step < 6 ? a.detach() : sum / (step - 5);
    EXPECT_TRUE(torch::allclose(state.ax(), expected)) << step;
  }
}

TEST(Optim, GroupsTakeDefaults) {
  std::vector<OptimizerParamGroup> groups;
  groups.emplace_back(std::vector<Tensor>{parameter(1)});
  groups.emplace_back(std::vector<Tensor>{parameter(2)},
                      std::make_unique<AdamOptions>(AdamOptions(0.5)));
  Adam optimizer(groups, AdamOptions(0.1).weight_decay(0.2));
  auto options = [&](size_t i) {
    return static_cast<AdamOptions&>(optimizer.param_groups()[i].options());
  };
  EXPECT_EQ(options(0).lr(), 0.1);
  EXPECT_EQ(options(1).lr(), 0.5);
  optimizer.param_groups()[0].options().set_lr(0.7);
  EXPECT_EQ(options(0).lr(), 0.7);
  EXPECT_EQ(optimizer.param_groups()[0].options().get_lr(), 0.7);
}

TEST(Optim, StateStartsAtTheFirstStep) {
  Tensor a = parameter(1);
  Adam optimizer({a}, AdamOptions(0.1));
  EXPECT_TRUE(optimizer.state().empty());
  a.sum().backward();
  optimizer.step();
  optimizer.step();
  ASSERT_EQ(optimizer.state().size(), 1u);
  auto& state = static_cast<AdamParamState&>(*optimizer.state().begin()->second);
  EXPECT_EQ(state.step(), 2);
  EXPECT_NEAR(state.exp_avg()[0].item<float>(), 0.19, 1e-6);
}

TEST(Optim, StepOfTheFirstMomentumIsPlain) {
  Tensor a = parameter(0);
  SGD optimizer({a}, SGDOptions(1).momentum(0.5).dampening(0.5));
  for (int i = 0; i < 2; ++i) {
    optimizer.zero_grad();
    a.sum().backward();
    optimizer.step();
  }
  // b0 = 1, b1 = 0.5 * 1 + 0.5 * 1
  EXPECT_EQ(a[0].item<float>(), -2);
}

TEST(Optim, UserDefinedOptimizer) {
  struct SignDescent : Optimizer {
    SignDescent(std::vector<Tensor> p)
        : Optimizer(std::move(p), std::make_unique<SGDOptions>(0.1)) {}
    Tensor step(LossClosure closure = nullptr) override {
      torch::NoGradGuard no_grad;
      for (auto& group : param_groups_)
        for (auto& p : group.params())
          if (p.grad().defined()) p.sub_(p.grad().sign() * group.options().get_lr());
      return closure ? closure() : Tensor();
    }
  };
  Tensor a = parameter(1);
  SignDescent optimizer({a});
  (a * 5).sum().backward();
  optimizer.step();
  EXPECT_NEAR(a[0].item<float>(), 0.9, 1e-6);
}
}  // namespace
