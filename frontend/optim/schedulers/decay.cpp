#include "frontend/optim/schedulers/decay.h"

#include <algorithm>
#include <cmath>

#include "frontend/record/scope.h"

namespace torch {
namespace optim {
namespace {
constexpr double pi = 3.14159265358979323846;

std::vector<LRFactor> one_each(const Optimizer& optimizer, std::vector<LRFactor> lambdas,
                               Location where) {
  record::Call call(where);
  TORCH_CHECK_VALUE(lambdas.size() == optimizer.param_groups().size(), "Expected ",
                    optimizer.param_groups().size(), " lr_lambdas, but got ", lambdas.size());
  for (const LRFactor& lambda : lambdas)
    TORCH_CHECK_TYPE(lambda, "lr_lambda should be a function, but got none");
  return lambdas;
}
std::vector<LRFactor> for_all(const Optimizer& optimizer, const LRFactor& lambda) {
  return std::vector<LRFactor>(optimizer.param_groups().size(), lambda);
}
std::vector<double> times(std::vector<double> rates, double factor) {
  for (double& rate : rates) rate *= factor;
  return rates;
}
// Refuses zero epochs where they are divided by.
int64_t positive(int64_t epochs, const char* name, Location where) {
  record::Call call(where);
  TORCH_CHECK_VALUE(epochs > 0, "Expected positive integer ", name, ", but got ", epochs);
  return epochs;
}
}  // namespace

StepLR::StepLR(Optimizer& optimizer, const unsigned step_size, const double gamma, Location where)
    : LRScheduler(optimizer, where),
      step_size_(static_cast<unsigned>(positive(step_size, "step_size", where))),
      gamma_(gamma) {}
std::vector<double> StepLR::get_lrs() {
  const bool decays = step_count_ != 0 && step_count_ % step_size_ == 0;
  return decays ? scaled_lrs(gamma_) : get_current_lrs();
}

LambdaLR::LambdaLR(Optimizer& optimizer, LRFactor lr_lambda, int64_t last_epoch, Location where)
    : LambdaLR(optimizer, for_all(optimizer, lr_lambda), last_epoch, where) {}
LambdaLR::LambdaLR(Optimizer& optimizer, std::vector<LRFactor> lr_lambdas, int64_t last_epoch,
                   Location where)
    : EpochLRScheduler(optimizer, last_epoch, where),
      lambdas_(one_each(optimizer, std::move(lr_lambdas), where)) {
  begin();
}
std::vector<double> LambdaLR::get_lrs() {
  std::vector<double> rates = base_lrs_;
  for (size_t i = 0; i < rates.size(); ++i) rates[i] *= lambdas_.at(i)(last_epoch_);
  return rates;
}

MultiplicativeLR::MultiplicativeLR(Optimizer& optimizer, LRFactor lr_lambda, int64_t last_epoch,
                                   Location where)
    : MultiplicativeLR(optimizer, for_all(optimizer, lr_lambda), last_epoch, where) {}
MultiplicativeLR::MultiplicativeLR(Optimizer& optimizer, std::vector<LRFactor> lr_lambdas,
                                   int64_t last_epoch, Location where)
    : EpochLRScheduler(optimizer, last_epoch, where),
      lambdas_(one_each(optimizer, std::move(lr_lambdas), where)) {
  begin();
}
std::vector<double> MultiplicativeLR::get_lrs() {
  std::vector<double> rates = get_current_lrs();
  if (!initial())
    for (size_t i = 0; i < rates.size(); ++i) rates[i] *= lambdas_.at(i)(last_epoch_);
  return rates;
}

MultiStepLR::MultiStepLR(Optimizer& optimizer, std::vector<int64_t> milestones, double gamma,
                         int64_t last_epoch, Location where)
    : EpochLRScheduler(optimizer, last_epoch, where),
      milestones_(std::move(milestones)),
      gamma_(gamma) {
  begin();
}
std::vector<double> MultiStepLR::get_lrs() {
  const auto times_now = std::count(milestones_.begin(), milestones_.end(), last_epoch_);
  if (times_now == 0) return get_current_lrs();
  return scaled_lrs(std::pow(gamma_, static_cast<double>(times_now)));
}
std::vector<double> MultiStepLR::first_lrs() {
  const auto passed = std::count_if(milestones_.begin(), milestones_.end(),
                                    [](int64_t milestone) { return milestone <= 0; });
  return times(base_lrs_, std::pow(gamma_, static_cast<double>(passed)));
}

ConstantLR::ConstantLR(Optimizer& optimizer, double factor, int64_t total_iters,
                       int64_t last_epoch, Location where)
    : EpochLRScheduler(optimizer, last_epoch, where), factor_(factor), total_iters_(total_iters) {
  record::Call call(where);
  TORCH_CHECK_VALUE(!(factor > 1.0 || factor < 0),
                    "Constant multiplicative factor expected to be between 0 and 1. (got ", factor,
                    ")");
  begin();
}
std::vector<double> ConstantLR::get_lrs() {
  if (last_epoch_ == 0) return scaled_lrs(factor_);
  if (last_epoch_ != total_iters_) return get_current_lrs();
  return scaled_lrs(1.0 / factor_);
}
std::vector<double> ConstantLR::first_lrs() {
  return times(base_lrs_, factor_ + (total_iters_ <= 0 ? 1 - factor_ : 0));
}

LinearLR::LinearLR(Optimizer& optimizer, double start_factor, double end_factor,
                   int64_t total_iters, int64_t last_epoch, Location where)
    : EpochLRScheduler(optimizer, last_epoch, where),
      start_factor_(start_factor),
      end_factor_(end_factor),
      total_iters_(total_iters) {
  record::Call call(where);
  TORCH_CHECK_VALUE(!(start_factor > 1.0 || start_factor <= 0),
                    "Starting multiplicative factor expected to be greater than 0 and less or "
                    "equal to 1.");
  TORCH_CHECK_VALUE(!(end_factor > 1.0 || end_factor < 0),
                    "Ending multiplicative factor expected to be between 0 and 1. (got ",
                    end_factor, ")");
  begin();
}
std::vector<double> LinearLR::get_lrs() {
  if (last_epoch_ == 0) return scaled_lrs(start_factor_);
  if (initial() || last_epoch_ > total_iters_) return get_current_lrs();
  const double before = static_cast<double>(last_epoch_ - 1);
  const double all = static_cast<double>(total_iters_), rise = end_factor_ - start_factor_;
  return scaled_lrs(1.0 + rise / (all * start_factor_ + before * rise));
}
std::vector<double> LinearLR::first_lrs() { return times(base_lrs_, start_factor_); }

ExponentialLR::ExponentialLR(Optimizer& optimizer, double gamma, int64_t last_epoch,
                             Location where)
    : EpochLRScheduler(optimizer, last_epoch, where), gamma_(gamma) {
  begin();
}
std::vector<double> ExponentialLR::get_lrs() {
  return initial() ? get_current_lrs() : scaled_lrs(gamma_);
}
std::vector<double> ExponentialLR::first_lrs() { return base_lrs_; }

PolynomialLR::PolynomialLR(Optimizer& optimizer, int64_t total_iters, double power,
                           int64_t last_epoch, Location where)
    : EpochLRScheduler(optimizer, last_epoch, where),
      total_iters_(positive(total_iters, "total_iters", where)),
      power_(power) {
  begin();
}
std::vector<double> PolynomialLR::get_lrs() {
  if (initial() || last_epoch_ > total_iters_) return get_current_lrs();
  const double now = static_cast<double>(last_epoch_), all = static_cast<double>(total_iters_);
  return scaled_lrs(std::pow((1.0 - now / all) / (1.0 - (now - 1) / all), power_));
}
std::vector<double> PolynomialLR::first_lrs() { return base_lrs_; }

CosineAnnealingLR::CosineAnnealingLR(Optimizer& optimizer, int64_t T_max, double eta_min,
                                     int64_t last_epoch, Location where)
    : EpochLRScheduler(optimizer, last_epoch, where),
      t_max_(positive(T_max, "T_max", where)),
      eta_min_(eta_min) {
  begin();
}
std::vector<double> CosineAnnealingLR::get_lrs() {
  std::vector<double> rates = get_current_lrs();
  if (initial()) return rates;
  const double now = static_cast<double>(last_epoch_), most = static_cast<double>(t_max_);
  // The formula divides by zero at the end of the way down; there the first step up is written out.
  const bool turns = (last_epoch_ - 1 - t_max_) % (2 * t_max_) == 0;
  for (size_t i = 0; i < rates.size(); ++i) {
    if (turns) rates[i] += (base_lrs_[i] - eta_min_) * (1 - std::cos(pi / most)) / 2;
    else
      rates[i] = (1 + std::cos(pi * now / most)) / (1 + std::cos(pi * (now - 1) / most)) *
                     (rates[i] - eta_min_) +
                 eta_min_;
  }
  return rates;
}
std::vector<double> CosineAnnealingLR::first_lrs() {
  std::vector<double> rates = base_lrs_;
  for (double& rate : rates) rate = eta_min_ + (rate - eta_min_) * (1 + std::cos(0.0)) / 2;
  return rates;
}
}  // namespace optim
}  // namespace torch
