// Every schedule gives PyTorch's rates, and momenta: 100 epochs.
#include <torch/torch.h>

#include <functional>

#include "tests/frontend/optim/paths.h"

namespace {
using namespace torch::optim;
using torch::Tensor;

enum Momentum { none, momentum, betas };
struct Options {
  bool groups = false;
  Momentum momentum = none;
};

class Follower {
 public:
  /// `make(optimizer)` gives a scheduler; `step(scheduler, epoch)` is one step.
  template <class Make, class Step>
  void follow(const std::string& name, Options options, Make make, Step step) {
    std::vector<OptimizerParamGroup> groups;
    groups.emplace_back(std::vector<Tensor>{torch::zeros(1)});
    std::unique_ptr<Optimizer> optimizer;
    if (options.momentum == betas) {
      if (options.groups)
        groups.emplace_back(std::vector<Tensor>{torch::zeros(1)},
                            std::make_unique<AdamOptions>(0.1));
      optimizer = std::make_unique<Adam>(groups, AdamOptions(0.5));
    } else {
      if (options.groups)
        groups.emplace_back(std::vector<Tensor>{torch::zeros(1)},
                            std::make_unique<SGDOptions>(0.1));
      optimizer = std::make_unique<SGD>(groups, SGDOptions(0.5).momentum(0.9));
    }
    auto scheduler = make(*optimizer);
    std::vector<double> seen;
    for (int epoch = 0; epoch < 100; ++epoch) {
      for (auto& group : optimizer->param_groups()) {
        seen.push_back(group.options().get_lr());
        if (options.momentum == betas)
          seen.push_back(std::get<0>(static_cast<AdamOptions&>(group.options()).betas()));
        if (options.momentum == momentum)
          seen.push_back(static_cast<SGDOptions&>(group.options()).momentum());
      }
      step(*scheduler, epoch);
    }
    expected_(name, seen, 1e-7);
  }
  template <class Make> void follow(const std::string& name, Options options, Make make) {
    follow(name, options, make, [](auto& scheduler, int) { scheduler.step(); });
  }

 private:
  paths::Expected expected_{"tests/frontend/optim/schedule_paths.txt"};
};
constexpr Options plain, two{true}, with_momentum{false, momentum}, two_betas{true, betas};

// A scheduler of that type with these arguments.
template <class Scheduler, class... Args> auto made(Args... args) {
  return [=](Optimizer& o) { return std::make_unique<Scheduler>(o, args...); };
}
template <class Scheduler, class... Args>
std::shared_ptr<LRScheduler> part(Optimizer& o, Args... args) {
  return std::make_shared<Scheduler>(o, args...);
}

void follow_decays(Follower& f) {
  const LRFactor power = [](int64_t e) { return std::pow(0.95, double(e)); };
  const LRFactor inverse = [](int64_t e) { return 1 / (1 + double(e)); };
  const LRFactor shrinking = [](int64_t e) { return 1 - 1 / (double(e) + 2); };
  using Epochs = std::vector<int64_t>;
  f.follow("LambdaLR", two, made<LambdaLR>(power));
  f.follow("LambdaLR of groups", two, made<LambdaLR>(std::vector<LRFactor>{power, inverse}));
  f.follow("MultiplicativeLR", plain, made<MultiplicativeLR>(shrinking));
  f.follow("MultiStepLR", two, made<MultiStepLR>(Epochs{10, 30, 30, 80}, 0.5));
  f.follow("ConstantLR", two, made<ConstantLR>());
  f.follow("ConstantLR 7", plain, made<ConstantLR>(0.25, 7));
  f.follow("LinearLR", two, made<LinearLR>());
  f.follow("LinearLR 50", plain, made<LinearLR>(0.1, 0.9, 50));
  f.follow("ExponentialLR", two, made<ExponentialLR>(0.97));
  f.follow("PolynomialLR", two, made<PolynomialLR>());
  f.follow("PolynomialLR 60", plain, made<PolynomialLR>(60, 2.5));
  f.follow("CosineAnnealingLR", two, made<CosineAnnealingLR>(20));
  f.follow("CosineAnnealingLR 7", plain, made<CosineAnnealingLR>(7, 0.01));
}

void follow_cycles(Follower& f) {
  using Restarts = CosineAnnealingWarmRestarts;
  using Values = std::vector<double>;
  f.follow("WarmRestarts", two, made<Restarts>(10));
  f.follow("WarmRestarts 2", plain, made<Restarts>(5, 2, 0.01));
  f.follow("WarmRestarts by epoch", plain, made<Restarts>(5, 3, 0.01),
           [](Restarts& s, int epoch) { s.step(epoch / 3.0 + 0.1); });
  using Cyclic = CyclicLROptions;
  const Cyclic cyclic = Cyclic(0.01, 0.1).step_size_up(8);
  f.follow("CyclicLR", with_momentum, made<CyclicLR>(cyclic));
  f.follow("CyclicLR down", plain,
           made<CyclicLR>(Cyclic(cyclic).step_size_down(20).cycle_momentum(false)));
  f.follow("CyclicLR triangular2", two_betas,
           made<CyclicLR>(Cyclic(Values{0.01, 0.02}, Values{0.1, 0.3})
                              .step_size_up(6)
                              .step_size_down(3)
                              .mode("triangular2")
                              .base_momentum(0.5)
                              .max_momentum(0.8)));
  f.follow("CyclicLR exp_range", with_momentum,
           made<CyclicLR>(Cyclic(cyclic).mode("exp_range").gamma(0.98)));
  f.follow("CyclicLR of iterations", with_momentum,
           made<CyclicLR>(Cyclic(cyclic)
                              .scale_fn([](double x) { return 1 / (1 + 0.1 * x); })
                              .scale_mode("iterations")));
  using OneCycle = OneCycleLROptions;
  f.follow("OneCycleLR", with_momentum, made<OneCycleLR>(OneCycle(0.3).total_steps(100)));
  f.follow("OneCycleLR linear", two_betas,
           made<OneCycleLR>(OneCycle(Values{0.3, 0.2})
                                .epochs(10)
                                .steps_per_epoch(11)
                                .pct_start(0.2)
                                .anneal_strategy("linear")
                                .base_momentum(0.7)
                                .max_momentum(0.9)
                                .div_factor(10)
                                .final_div_factor(100)));
  f.follow("OneCycleLR three phases", with_momentum,
           made<OneCycleLR>(OneCycle(0.3).total_steps(120).three_phase(true)));
}

void follow_others(Follower& f) {
  using Plateau = ReduceLROnPlateau;
  auto step = [](Plateau& s, int epoch) {
    s.step(std::sin(0.3 * epoch) / (1 + 0.05 * epoch));
  };
  f.follow("ReduceLROnPlateau", two, made<Plateau>("min", 0.5, 3), step);
  f.follow("ReduceLROnPlateau max", two,
           made<Plateau>("max", 0.7, 2, 0.01, "abs", 4, std::vector<double>{0.1, 0.05}, 1e-3),
           step);
  f.follow("SequentialLR", plain, [](Optimizer& o) {
    return std::make_unique<SequentialLR>(
        o,
        LRSchedulers{part<ConstantLR>(o, 0.1, 4), part<ExponentialLR>(o, 0.9),
                     part<StepLR>(o, 7, 0.5), part<CosineAnnealingLR>(o, 10),
                     part<MultiStepLR>(o, std::vector<int64_t>{5, 9})},
        std::vector<int64_t>{6, 20, 50, 80});
  });
  f.follow("SequentialLR nested", plain, [](Optimizer& o) {
    auto warm = part<SequentialLR>(
        o, LRSchedulers{part<LinearLR>(o, 0.1, 1.0, 5), part<PolynomialLR>(o, 20, 2.0)},
        std::vector<int64_t>{5});
    const LRFactor inverse = [](int64_t e) { return 1 / (1 + double(e)); };
    return std::make_unique<SequentialLR>(o, LRSchedulers{warm, part<LambdaLR>(o, inverse)},
                                          std::vector<int64_t>{30});
  });
  f.follow("ChainedScheduler", two, [](Optimizer& o) {
    return std::make_unique<ChainedScheduler>(LRSchedulers{
        part<ConstantLR>(o, 0.1, 4), part<ExponentialLR>(o, 0.98), part<CosineAnnealingLR>(o, 40)});
  });
}

TEST(SchedulePaths, AsPyTorch) {
  Follower f;
  follow_decays(f);
  follow_cycles(f);
  follow_others(f);
}
}  // namespace
