#include "frontend/optim/schedulers/cyclic.h"

#include <cmath>

#include "frontend/optim/fields_inside.h"
#include "frontend/record/scope.h"

namespace torch {
namespace optim {
namespace {
constexpr double pi = 3.14159265358979323846;

template <class V> V* setting(OptimizerParamGroup& group, const char* name) {
  return find_field<V>(group.options(), name);
}
using Betas = std::tuple<double, double>;
}  // namespace

std::vector<double> PerGroup::of(const Optimizer& optimizer, const char* name) const {
  const size_t groups = optimizer.param_groups().size();
  if (values_.size() == 1) return std::vector<double>(groups, values_[0]);
  TORCH_CHECK_VALUE(values_.size() == groups, name,
                    " must have the same length as optimizer.param_groups. ", name, " has ",
                    values_.size(), " values, param_groups has ", groups, ".");
  return values_;
}

MomentumCycle::MomentumCycle(Optimizer& optimizer, const PerGroup& base, const PerGroup& max,
                             bool resumed)
    : optimizer_(optimizer),
      base_(base.of(optimizer, "base_momentum")),
      max_(max.of(optimizer, "max_momentum")) {
  for (auto& group : optimizer.param_groups())
    TORCH_CHECK_VALUE(
        setting<double>(group, "momentum") || setting<Betas>(group, "betas"),
        "optimizer must support momentum or beta1 with `cycle_momentum` option enabled");
  if (resumed) return;
  for (size_t i = 0; i < max_.size(); ++i) set(i, max_[i]);
}
void MomentumCycle::set(size_t i, double momentum) {
  OptimizerParamGroup& group = optimizer_.param_groups().at(i);
  if (Betas* betas = setting<Betas>(group, "betas")) std::get<0>(*betas) = momentum;
  else *setting<double>(group, "momentum") = momentum;
}

CosineAnnealingWarmRestarts::CosineAnnealingWarmRestarts(Optimizer& optimizer, int64_t T_0,
                                                         int64_t T_mult, double eta_min,
                                                         int64_t last_epoch, Location where)
    : EpochLRScheduler(optimizer, last_epoch, where),
      t_0_(T_0),
      t_i_(T_0),
      t_mult_(T_mult),
      eta_min_(eta_min),
      t_cur_(static_cast<double>(last_epoch)) {
  record::Call call(where);
  TORCH_CHECK_VALUE(T_0 > 0, "Expected positive integer T_0, but got ", T_0);
  TORCH_CHECK_VALUE(T_mult >= 1, "Expected integer T_mult >= 1, but got ", T_mult);
  begin();
}
void CosineAnnealingWarmRestarts::fields(Fields& into) {
  EpochLRScheduler::fields(into);
  into.insert(into.end(), {Field{"T_i", &t_i_}, Field{"T_cur", &t_cur_}});
}
std::vector<double> CosineAnnealingWarmRestarts::get_lrs() {
  std::vector<double> rates = base_lrs_;
  for (double& rate : rates)
    rate = eta_min_ + (rate - eta_min_) *
                          (1 + std::cos(pi * t_cur_ / static_cast<double>(t_i_))) / 2;
  return rates;
}
void CosineAnnealingWarmRestarts::step() {
  if (last_epoch_ < 0) return step(0.0);
  t_cur_ += 1;
  if (t_cur_ >= static_cast<double>(t_i_)) {
    t_cur_ = std::fmod(t_cur_, static_cast<double>(t_i_));
    t_i_ *= t_mult_;
  }
  EpochLRScheduler::step();
}
void CosineAnnealingWarmRestarts::step(double epoch, Location where) {
  record::Call call(where);
  TORCH_CHECK_VALUE(epoch >= 0, "Expected non-negative epoch, but got ", epoch);
  const double first = static_cast<double>(t_0_), mult = static_cast<double>(t_mult_);
  if (epoch < first) {
    t_i_ = t_0_;
    t_cur_ = epoch;
  } else if (t_mult_ == 1) {
    t_cur_ = std::fmod(epoch, first);
  } else {
    const double n = std::floor(std::log(epoch / first * (mult - 1) + 1) / std::log(mult));
    t_cur_ = epoch - first * (std::pow(mult, n) - 1) / (mult - 1);
    t_i_ = static_cast<int64_t>(first * std::pow(mult, n));
  }
  last_epoch_ = static_cast<int64_t>(std::floor(epoch));
  LRScheduler::step();
}

CyclicLR::CyclicLR(Optimizer& optimizer, CyclicLROptions options, Location where)
    : EpochLRScheduler(optimizer, options.last_epoch(), where), options_(std::move(options)) {
  record::Call call(where);
  const std::string& mode = options_.mode();
  TORCH_CHECK_VALUE(
      options_.scale_fn() || mode == "triangular" || mode == "triangular2" || mode == "exp_range",
      "mode is invalid and scale_fn is None (got mode '", mode, "')");
  const bool resumed = options_.last_epoch() != -1;
  const std::vector<double> lowest = options_.base_lr().of(optimizer, "base_lr");
  if (!resumed) set_optimizer_lrs(lowest);
  max_lrs_ = options_.max_lr().of(optimizer, "max_lr");
  const double up = static_cast<double>(options_.step_size_up());
  const double down =
      options_.step_size_down() ? static_cast<double>(*options_.step_size_down()) : up;
  total_size_ = up + down;
  step_ratio_ = up / total_size_;
  if (options_.cycle_momentum())
    momentum_.emplace(optimizer, options_.base_momentum(), options_.max_momentum(), resumed);
  base_lrs_ = lowest;
  begin();
}
double CyclicLR::height(double cycle) const {
  const double epoch = static_cast<double>(last_epoch_);
  if (options_.scale_fn()) {
    return options_.scale_fn()(options_.scale_mode() == "cycle" ? cycle : epoch);
  }
  if (options_.mode() == "triangular") return 1.0;
  if (options_.mode() == "triangular2") return 1 / std::pow(2.0, cycle - 1);
  return std::pow(options_.gamma(), epoch);
}
std::vector<double> CyclicLR::get_lrs() {
  const double epoch = static_cast<double>(last_epoch_);
  const double cycle = std::floor(1 + epoch / total_size_);
  const double x = 1.0 + epoch / total_size_ - cycle;
  const double part = x <= step_ratio_ ? x / step_ratio_ : (x - 1) / (step_ratio_ - 1);
  std::vector<double> rates = base_lrs_;
  for (size_t i = 0; i < rates.size(); ++i)
    rates[i] += (max_lrs_[i] - base_lrs_[i]) * part * height(cycle);
  if (momentum_)
    for (size_t i = 0; i < rates.size(); ++i) {
      const double low = momentum_->base()[i], high = momentum_->max()[i];
      momentum_->set(i, high - (high - low) * part * height(cycle));
    }
  return rates;
}

OneCycleLR::OneCycleLR(Optimizer& optimizer, OneCycleLROptions options, Location where)
    : EpochLRScheduler(optimizer, options.last_epoch(), where), options_(std::move(options)) {
  record::Call call(where);
  if (options_.total_steps()) {
    total_steps_ = *options_.total_steps();
    TORCH_CHECK_VALUE(total_steps_ > 0, "Expected positive integer total_steps, but got ",
                      total_steps_);
  } else {
    TORCH_CHECK_VALUE(options_.epochs() && options_.steps_per_epoch(),
                      "You must define either total_steps OR (epochs AND steps_per_epoch)");
    TORCH_CHECK_VALUE(*options_.epochs() > 0, "Expected positive integer epochs, but got ",
                      *options_.epochs());
    TORCH_CHECK_VALUE(*options_.steps_per_epoch() > 0,
                      "Expected positive integer steps_per_epoch, but got ",
                      *options_.steps_per_epoch());
    total_steps_ = *options_.epochs() * *options_.steps_per_epoch();
  }
  const double rising = options_.pct_start(), all = static_cast<double>(total_steps_);
  TORCH_CHECK_VALUE(0 <= rising && rising <= 1,
                    "Expected float between 0 and 1 pct_start, but got ", rising);
  TORCH_CHECK_VALUE(options_.anneal_strategy() == "cos" || options_.anneal_strategy() == "linear",
                    "anneal_strategy must be one of 'cos' or 'linear', instead got ",
                    options_.anneal_strategy());
  phases_.push_back({rising * all - 1, initial_level, max_level});
  if (options_.three_phase()) {
    phases_.push_back({2 * rising * all - 2, max_level, initial_level});
    phases_.push_back({all - 1, initial_level, min_level});
  } else {
    phases_.push_back({all - 1, max_level, min_level});
  }
  max_lrs_ = options_.max_lr().of(optimizer, "max_lr");
  const bool resumed = options_.last_epoch() != -1;
  if (!resumed)
    for (size_t i = 0; i < max_lrs_.size(); ++i)
      optimizer.param_groups()[i].initial_lr() = base_lrs_[i] = rate(initial_level, i);
  if (options_.cycle_momentum())
    momentum_.emplace(optimizer, options_.base_momentum(), options_.max_momentum(), resumed);
  begin();
}
double OneCycleLR::rate(Level level, size_t group) const {
  const double most = max_lrs_[group], first = most / options_.div_factor();
  return level == max_level       ? most
         : level == initial_level ? first
                                  : first / options_.final_div_factor();
}
double OneCycleLR::momentum(Level level, size_t group) const {
  return level == max_level ? momentum_->base()[group] : momentum_->max()[group];
}
double OneCycleLR::anneal(double from, double to, double part) const {
  if (options_.anneal_strategy() == "linear") return (to - from) * part + from;
  return to + (from - to) / 2.0 * (std::cos(pi * part) + 1);
}
std::vector<double> OneCycleLR::get_lrs() {
  TORCH_CHECK_VALUE(last_epoch_ <= total_steps_, "Tried to step ", last_epoch_,
                    " times. The specified number of total steps is ", total_steps_);
  const double step = static_cast<double>(last_epoch_);
  size_t at = 0;
  while (at + 1 < phases_.size() && step > phases_[at].end_step) ++at;
  const Phase& phase = phases_[at];
  const double begin = at ? phases_[at - 1].end_step : 0.0;
  const double part = (step - begin) / (phase.end_step - begin);
  std::vector<double> rates;
  for (size_t i = 0; i < max_lrs_.size(); ++i) {
    rates.push_back(anneal(rate(phase.from, i), rate(phase.to, i), part));
    if (momentum_)
      momentum_->set(i, anneal(momentum(phase.from, i), momentum(phase.to, i), part));
  }
  return rates;
}
}  // namespace optim
}  // namespace torch
