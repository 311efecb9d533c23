// What optimizers, schedules and clipping refuse: libtorch's sentences (PyTorch's where libtorch has
// none), at the user's line.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <limits>

#include "tests/frontend/nn/throws.h"

namespace {
using torch::Tensor;
using namespace torch::optim;
using Pair = std::tuple<double, double>;

Tensor parameter() { return torch::ones({2}).requires_grad_(); }

// The statement throws what `sentence` says, at its own line.
#define EXPECT_MISTAKE(sentence, ...)                                                       \
  try {                                                                                     \
    __VA_ARGS__;                                                                            \
    ADD_FAILURE() << "nothing was thrown";                                                  \
  } catch (const c10::Error& e) {                                                           \
    EXPECT_NE(std::string(e.what()).find(sentence), std::string::npos) << e.what();         \
    EXPECT_EQ(e.line(), __LINE__) << e.what();                                              \
    EXPECT_NE(std::string(e.what()).find("mistakes_test.cpp"), std::string::npos) << e.what(); \
  }

TEST(OptimMistakes, Options) {
  const Tensor p = parameter();
  EXPECT_MISTAKE("Invalid learning rate: -1", SGD({p}, SGDOptions(-1)));
  EXPECT_MISTAKE("Invalid learning rate: -1", Adam({p}, AdamOptions(-1)));
  EXPECT_MISTAKE("Invalid learning rate: -1", RMSprop({p}, RMSpropOptions(-1)));
  EXPECT_MISTAKE("Invalid learning rate: nan",
                 Adam({p}, AdamOptions(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_MISTAKE("Invalid momentum value: -0.5", SGD({p}, SGDOptions(1).momentum(-0.5)));
  EXPECT_MISTAKE("Invalid weight_decay value: -1", SGD({p}, SGDOptions(1).weight_decay(-1)));
  EXPECT_MISTAKE("Invalid beta parameter at index 0: 1", Adam({p}, AdamOptions().betas(Pair(1, 0))));
  EXPECT_MISTAKE("Invalid beta parameter at index 1: -1",
                 AdamW({p}, AdamWOptions().betas(Pair(0, -1))));
  EXPECT_MISTAKE("Invalid epsilon value: -1", NAdam({p}, NAdamOptions().eps(-1)));
  EXPECT_MISTAKE("Invalid alpha value: -1", RMSprop({p}, RMSpropOptions().alpha(-1)));
  EXPECT_MISTAKE("Invalid lr_decay value: -1", Adagrad({p}, AdagradOptions().lr_decay(-1)));
  EXPECT_MISTAKE("Invalid initial_accumulator_value value: -1",
                 Adagrad({p}, AdagradOptions().initial_accumulator_value(-1)));
  EXPECT_MISTAKE("Invalid rho value: 2", Adadelta({p}, AdadeltaOptions().rho(2)));
  EXPECT_MISTAKE("Invalid beta parameter at index 0: 2", Adamax({p}, AdamaxOptions().betas(Pair(2, 0))));
  EXPECT_MISTAKE("Invalid momentum_decay value: -1", NAdam({p}, NAdamOptions().momentum_decay(-1)));
  EXPECT_MISTAKE("Invalid epsilon value: -1", RAdam({p}, RAdamOptions().eps(-1)));
  EXPECT_MISTAKE("Invalid lambd value: -1", ASGD({p}, ASGDOptions().lambd(-1)));
  EXPECT_MISTAKE("Invalid eta values: 2, 1.2", Rprop({p}, RpropOptions().etas(Pair(2, 1.2))));
}

TEST(OptimMistakes, Parameters) {
  const Tensor p = parameter();
  EXPECT_MISTAKE("can't optimize a non-leaf Tensor", SGD({p * 2}, SGDOptions(1)));
  EXPECT_MISTAKE("can't optimize an undefined Tensor", SGD({Tensor()}, SGDOptions(1)));
  SGD optimizer({p}, SGDOptions(1));
  EXPECT_MISTAKE("some parameters appear in more than one parameter group",
                 optimizer.add_param_group(OptimizerParamGroup({p})));
  EXPECT_EQ(optimizer.param_groups().size(), 1u);
  SGD none(std::vector<Tensor>{}, SGDOptions(1));  // as libtorch
  none.step();
}

TEST(OptimMistakes, Lbfgs) {
  const Tensor p = parameter();
  LBFGS optimizer({p}, LBFGSOptions(1).line_search_fn("newton"));
  auto closure = [&] {
    optimizer.zero_grad();
    Tensor loss = (p * p).sum();
    loss.backward();
    return loss;
  };
  EXPECT_MISTAKE("LBFGS requires a closure function", optimizer.step(nullptr));
  EXPECT_MISTAKE("only 'strong_wolfe' is supported", optimizer.step(closure));
  const std::vector<OptimizerParamGroup> groups{OptimizerParamGroup({p}),
                                                OptimizerParamGroup({parameter()})};
  EXPECT_MISTAKE("LBFGS doesn't support per-parameter options (parameter groups)", (LBFGS(groups)));
}

TEST(OptimMistakes, Schedules) {
  SGD sgd({parameter()}, SGDOptions(1));
  Adagrad adagrad({parameter()}, AdagradOptions(1));
  const LRFactor one = [](int64_t) { return 1.0; };
  using Factors = std::vector<LRFactor>;
  EXPECT_MISTAKE("Expected 1 lr_lambdas, but got 2", LambdaLR(sgd, Factors{one, one}));
  EXPECT_MISTAKE("Constant multiplicative factor expected to be between 0 and 1.", ConstantLR(sgd, 2));
  EXPECT_MISTAKE("Starting multiplicative factor expected to be greater than 0", LinearLR(sgd, 0));
  EXPECT_MISTAKE("Expected positive integer T_0, but got 0", CosineAnnealingWarmRestarts(sgd, 0));
  EXPECT_MISTAKE("Factor should be < 1.0.", ReduceLROnPlateau(sgd, "min", 1.5));
  EXPECT_MISTAKE("mode most is unknown!", ReduceLROnPlateau(sgd, "most"));
  EXPECT_MISTAKE("optimizer must support momentum or beta1",
                 CyclicLR(adagrad, CyclicLROptions(0.1, 1)));
  EXPECT_MISTAKE("You must define either total_steps OR (epochs AND steps_per_epoch)",
                 OneCycleLR(sgd, OneCycleLROptions(1)));
  auto of = [](Optimizer& o) { return std::make_shared<ExponentialLR>(o, 0.9); };
  EXPECT_MISTAKE("expects all schedulers to belong to the same optimizer",
                 ChainedScheduler({of(sgd), of(adagrad)}));
  EXPECT_MISTAKE("Sequential Schedulers expects number of schedulers provided to be one more",
                 SequentialLR(sgd, {of(sgd)}, {1, 2}));
  EXPECT_MISTAKE("max_lr must have the same length as optimizer.param_groups",
                 OneCycleLR(sgd, OneCycleLROptions(std::vector<double>{1, 2}).total_steps(9)));
}

TEST(OptimMistakes, NormsThatAreNotFinite) {
  const Tensor p = parameter();
  p.mutable_grad() = torch::full({2}, std::numeric_limits<double>::infinity());
  EXPECT_MISTAKE("The total norm of order 2 for gradients from `parameters` is non-finite",
                 torch::nn::utils::clip_grad_norm_(p, 1, 2, true));
  EXPECT_EQ(p.grad()[0].item<float>(), std::numeric_limits<float>::infinity());
}
}  // namespace
