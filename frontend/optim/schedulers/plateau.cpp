#include "frontend/optim/schedulers/plateau.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <limits>

#include "frontend/optim/fields_inside.h"
#include "frontend/record/scope.h"

namespace torch {
namespace optim {

ReduceLROnPlateau::ReduceLROnPlateau(Optimizer& optimizer, std::string mode, double factor,
                                     int64_t patience, double threshold,
                                     std::string threshold_mode, int64_t cooldown,
                                     std::vector<double> min_lr, double eps, Location where)
    : best_(std::numeric_limits<double>::infinity()),
      optimizer_(optimizer),
      smaller_is_better_(mode == "min"),
      relative_(threshold_mode == "rel"),
      factor_(factor),
      threshold_(threshold),
      eps_(eps),
      patience_(patience),
      cooldown_(cooldown),
      min_lrs_(std::move(min_lr)) {
  record::Call call(where);
  const size_t groups = optimizer.param_groups().size();
  TORCH_CHECK(factor < 1.0, "Factor should be < 1.0. (got ", factor, ")");
  TORCH_CHECK_VALUE(mode == "min" || mode == "max", "mode ", mode, " is unknown!");
  TORCH_CHECK_VALUE(relative_ || threshold_mode == "abs", "threshold mode ", threshold_mode,
                    " is unknown!");
  if (min_lrs_.empty()) min_lrs_.assign(groups, 0.0);
  TORCH_CHECK(min_lrs_.size() == groups,
              "Number of learning rates not equal to the number of param groups\n",
              "Number of learning rates given: ", min_lrs_.size(),
              "\nNumber of param groups: ", groups);
  if (!smaller_is_better_) best_ = -best_;
  for (auto& group : optimizer.param_groups()) last_lrs_.push_back(group.options().get_lr());
}
void ReduceLROnPlateau::fields(Fields& into) {
  into.insert(into.end(),
              {Field{"last_epoch", &last_epoch_}, Field{"best", &best_},
               Field{"cooldown_counter", &cooldown_counter_},
               Field{"num_bad_epochs", &num_bad_epochs_}, Field{"_last_lr", &last_lrs_}});
}

bool ReduceLROnPlateau::better(double metric) const {
  if (smaller_is_better_)
    return metric < (relative_ ? best_ * (1.0 - threshold_) : best_ - threshold_);
  return metric > (relative_ ? best_ * (threshold_ + 1.0) : best_ + threshold_);
}
void ReduceLROnPlateau::step(double metrics) {
  ++last_epoch_;
  if (better(metrics)) {
    best_ = metrics;
    num_bad_epochs_ = 0;
  } else {
    ++num_bad_epochs_;
  }
  if (cooldown_counter_ > 0) {
    --cooldown_counter_;
    num_bad_epochs_ = 0;
  }
  if (num_bad_epochs_ > patience_) {
    reduce();
    cooldown_counter_ = cooldown_;
    num_bad_epochs_ = 0;
  }
}
void ReduceLROnPlateau::reduce() {
  auto& groups = optimizer_.param_groups();
  // groups that came later have no least rate of their own
  min_lrs_.resize(groups.size(), 0.0);
  last_lrs_.resize(groups.size());
  for (size_t i = 0; i < groups.size(); ++i) {
    OptimizerOptions& options = groups[i].options();
    const double before = options.get_lr(), after = std::max(before * factor_, min_lrs_[i]);
    last_lrs_[i] = before;
    if (before - after <= eps_) continue;
    options.set_lr(after);
    last_lrs_[i] = after;
    reduced(i, after);
  }
}

ReduceLROnPlateauScheduler::ReduceLROnPlateauScheduler(
    Optimizer& optimizer, SchedulerMode mode, float factor, int patience, double threshold,
    ThresholdMode threshold_mode, int cooldown, const std::vector<float>& min_lr, double eps,
    bool verbose, Location where)
    : ReduceLROnPlateau(optimizer, mode == min ? "min" : "max", factor, patience, threshold,
                        threshold_mode == rel ? "rel" : "abs", cooldown,
                        std::vector<double>(min_lr.begin(), min_lr.end()), eps, where),
      product_(mode == max && threshold_mode == abs ? optional<double>(threshold) : nullopt),
      verbose_(verbose) {
  using Floats = std::numeric_limits<float>;
  best_ = mode == min ? Floats::max() : Floats::min();
}
bool ReduceLROnPlateauScheduler::better(double metric) const {
  return product_ ? metric > best_ * *product_ : ReduceLROnPlateau::better(metric);
}
void ReduceLROnPlateauScheduler::reduced(size_t group, double rate) {
  if (!verbose_) return;
  std::cout << std::setprecision(4) << "Epoch " << last_epoch_
            << ": reducing learning rate of group " << group << " to " << rate << '\n';
}
}  // namespace optim
}  // namespace torch
