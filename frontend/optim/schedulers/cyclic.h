/// Schedules that go up and down.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "frontend/tensor/arg.h"
#include "frontend/optim/schedulers/lr_scheduler.h"

namespace torch {
namespace optim {

/// A cosine from the initial rate down to `eta_min` in `T_0` epochs, then from the top again, each
/// time `T_mult` times as long (Loshchilov and Hutter 2017).
class CosineAnnealingWarmRestarts : public EpochLRScheduler {
 public:
  CosineAnnealingWarmRestarts(Optimizer& optimizer, int64_t T_0, int64_t T_mult = 1,
                              double eta_min = 0.0, int64_t last_epoch = -1, WEFT_WHERE);
  void step() override;
  /// To an epoch, which may have a fraction: step(epoch + batch / batches).
  void step(double epoch, WEFT_WHERE);
  void fields(Fields& into) override;

 private:
  std::vector<double> get_lrs() override;
  int64_t t_0_, t_i_, t_mult_;
  double eta_min_, t_cur_;
};

/// A value for each group, or one for all.
class PerGroup {
 public:
  PerGroup(double value) : values_{value} {}
  PerGroup(std::vector<double> values) : values_(std::move(values)) {}
  /// One a group; an error that says `name` when they are others.
  std::vector<double> of(const Optimizer& optimizer, const char* name) const;

 private:
  std::vector<double> values_;
};

/// The momentum (or the first beta) of an optimizer's groups, cycled against the rates.
class MomentumCycle {
 public:
  /// Refuses an optimizer that has neither. Sets all to their maximum, unless `resumed`.
  MomentumCycle(Optimizer& optimizer, const PerGroup& base, const PerGroup& max, bool resumed);
  const std::vector<double>& base() const { return base_; }
  const std::vector<double>& max() const { return max_; }
  void set(size_t group, double momentum);

 private:
  Optimizer& optimizer_;
  std::vector<double> base_, max_;
};

struct CyclicLROptions {
  CyclicLROptions(PerGroup base_lr, PerGroup max_lr)
      : base_lr_(std::move(base_lr)), max_lr_(std::move(max_lr)) {}
  TORCH_ARG(PerGroup, base_lr);
  TORCH_ARG(PerGroup, max_lr);
  TORCH_ARG(int64_t, step_size_up) = 2000;
  TORCH_ARG(std::optional<int64_t>, step_size_down) = std::nullopt;
  /// "triangular", "triangular2" (half as high each time) or "exp_range" (times gamma^epoch).
  TORCH_ARG(std::string, mode) = "triangular";
  TORCH_ARG(double, gamma) = 1.0;
  /// In the place of `mode`: the height by the number of the cycle or (scale_mode) of the epoch.
  TORCH_ARG(std::function<double(double)>, scale_fn);
  TORCH_ARG(std::string, scale_mode) = "cycle";
  TORCH_ARG(bool, cycle_momentum) = true;
  TORCH_ARG(PerGroup, base_momentum) = 0.8;
  TORCH_ARG(PerGroup, max_momentum) = 0.9;
  TORCH_ARG(int64_t, last_epoch) = -1;
};
/// Up and down between two rates (Smith 2017).
class CyclicLR : public EpochLRScheduler {
 public:
  CyclicLR(Optimizer& optimizer, CyclicLROptions options, WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  double height(double cycle) const;
  CyclicLROptions options_;
  std::vector<double> max_lrs_;
  double total_size_, step_ratio_;
  std::optional<MomentumCycle> momentum_;
};

struct OneCycleLROptions {
  OneCycleLROptions(PerGroup max_lr) : max_lr_(std::move(max_lr)) {}
  TORCH_ARG(PerGroup, max_lr);
  /// The length of the cycle: this, or `epochs` times `steps_per_epoch`.
  TORCH_ARG(std::optional<int64_t>, total_steps) = std::nullopt;
  TORCH_ARG(std::optional<int64_t>, epochs) = std::nullopt;
  TORCH_ARG(std::optional<int64_t>, steps_per_epoch) = std::nullopt;
  /// The part of it that goes up.
  TORCH_ARG(double, pct_start) = 0.3;
  /// "cos" or "linear".
  TORCH_ARG(std::string, anneal_strategy) = "cos";
  TORCH_ARG(bool, cycle_momentum) = true;
  TORCH_ARG(PerGroup, base_momentum) = 0.85;
  TORCH_ARG(PerGroup, max_momentum) = 0.95;
  /// The first rate is max_lr / div_factor, the last one that over final_div_factor.
  TORCH_ARG(double, div_factor) = 25.0;
  TORCH_ARG(double, final_div_factor) = 1e4;
  TORCH_ARG(bool, three_phase) = false;
  TORCH_ARG(int64_t, last_epoch) = -1;
};
/// Up once and down once (Smith and Topin 2018).
class OneCycleLR : public EpochLRScheduler {
 public:
  OneCycleLR(Optimizer& optimizer, OneCycleLROptions options, WEFT_WHERE);

 private:
  enum Level { initial_level, max_level, min_level };
  struct Phase {
    double end_step;
    Level from, to;
  };
  std::vector<double> get_lrs() override;
  double anneal(double from, double to, double part) const;
  double rate(Level level, size_t group) const;
  double momentum(Level level, size_t group) const;
  OneCycleLROptions options_;
  int64_t total_steps_ = 0;
  std::vector<Phase> phases_;
  std::vector<double> max_lrs_;
  std::optional<MomentumCycle> momentum_;
};
}  // namespace optim
}  // namespace torch
