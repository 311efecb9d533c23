// State dicts: an optimizer, or a schedule, that takes over goes on as if nothing had been.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/frontend/nn/throws.h"

namespace {
using torch::Tensor;
using namespace torch::optim;

void step(Optimizer& optimizer, Tensor& w) {
  optimizer.step([&] {
    optimizer.zero_grad();
    Tensor loss = (w * w).sum();
    loss.backward();
    return loss;
  });
}
template <class Kind, class Options> void expect_goes_on(Options options) {
  Tensor a = torch::tensor({1.0, -2.0, 3.0}).requires_grad_(), b = a.detach().clone();
  b.requires_grad_();
  Kind one({a}, options), two({b}, Options(options).lr(0.5));
  for (int i = 0; i < 3; ++i) step(one, a);
  b.set_data(a.detach().clone());
  two.load_state_dict(one.state_dict());
  EXPECT_EQ(two.param_groups()[0].options().get_lr(), options.lr());
  for (int i = 0; i < 3; ++i) {
    step(one, a);
    step(two, b);
    EXPECT_TRUE(torch::equal(a, b)) << i;
  }
}
TEST(StateDict, OptimizersGoOn) {
  expect_goes_on<SGD>(SGDOptions(0.01).momentum(0.9));
  expect_goes_on<Adam>(AdamOptions(0.01).amsgrad(true));
  expect_goes_on<RMSprop>(RMSpropOptions(0.01).momentum(0.9).centered(true));
  expect_goes_on<Adagrad>(AdagradOptions(0.1));
  expect_goes_on<Adadelta>(AdadeltaOptions(0.1));
  expect_goes_on<Adamax>(AdamaxOptions(0.1));
  expect_goes_on<NAdam>(NAdamOptions(0.1));
  expect_goes_on<RAdam>(RAdamOptions(0.1));
  expect_goes_on<ASGD>(ASGDOptions(0.1).t0(2));
  expect_goes_on<Rprop>(RpropOptions(0.1));
  expect_goes_on<LBFGS>(LBFGSOptions(0.1).max_iter(2));
}

TEST(StateDict, ParametersByNumber) {
  Tensor a = torch::ones({2}).requires_grad_(), b = torch::ones({3}).requires_grad_();
  std::vector<OptimizerParamGroup> groups;
  groups.emplace_back(std::vector<Tensor>{a});
  groups.emplace_back(std::vector<Tensor>{b}, std::make_unique<AdamOptions>(0.5));
  Adam adam(groups, AdamOptions(0.1));
  b.sum().backward();
  adam.step();
  const OptimizerStateDict dict = adam.state_dict();
  ASSERT_EQ(dict.param_groups.size(), 2u);
  EXPECT_EQ(dict.param_groups[1].params, std::vector<int64_t>{1});
  EXPECT_EQ(dict.param_groups[1].options.at("lr").toDouble(), 0.5);
  EXPECT_EQ(dict.state.size(), 1u);
  EXPECT_EQ(dict.state.at(1).at("step").toInt(), 1);
  EXPECT_EQ(dict.state.at(1).at("exp_avg").toTensor().numel(), 3);
  Adam other({a}, AdamOptions(0.1));
  expect_throw("loaded state dict has a different number of parameter groups",
               [&] { other.load_state_dict(dict); });
  OptimizerStateDict damaged = adam.state_dict();
  damaged.state[1].erase("step");
  expect_throw("the state dict has no 'step'", [&] { adam.load_state_dict(damaged); });
  EXPECT_EQ(static_cast<AdamParamState&>(*adam.state().at(b.unsafeGetTensorImpl())).step(), 1);
}

TEST(StateDict, SchedulesGoOn) {
  auto optimizer = [] {
    return std::make_unique<SGD>(std::vector<Tensor>{torch::ones({1})}, SGDOptions(1));
  };
  auto sequence = [](Optimizer& o) {
    return SequentialLR(o,
                        {std::make_shared<LinearLR>(o, 0.1, 1.0, 4),
                         std::make_shared<ExponentialLR>(o, 0.5)},
                        {5});
  };
  auto one = optimizer(), two = optimizer();
  SequentialLR a = sequence(*one), b = sequence(*two);
  for (int i = 0; i < 3; ++i) a.step();
  b.load_state_dict(a.state_dict());
  two->load_state_dict(one->state_dict());
  for (int i = 0; i < 6; ++i) {
    a.step();
    b.step();
    EXPECT_EQ(a.get_last_lr(), b.get_last_lr()) << i;
  }
}
}  // namespace
