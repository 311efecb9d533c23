#include "frontend/optim/schedulers/lr_scheduler.h"

#include "frontend/optim/fields_inside.h"
#include "frontend/record/scope.h"

namespace torch {
namespace optim {

LRScheduler::LRScheduler(Optimizer& optimizer, Location where) : optimizer_(optimizer) {
  record::Call call(where);
  for (auto& group : optimizer.param_groups()) {
    if (!group.initial_lr()) group.initial_lr() = group.options().get_lr();
    base_lrs_.push_back(*group.initial_lr());
  }
  last_lrs_ = get_current_lrs();
}
LRScheduler::~LRScheduler() = default;

void LRScheduler::step() {
  set_optimizer_lrs(get_lrs());
  ++step_count_;
}
void LRScheduler::fields(Fields& into) {
  into.insert(into.end(), {Field{"_step_count", &step_count_}, Field{"base_lrs", &base_lrs_},
                           Field{"_last_lr", &last_lrs_}});
}

std::vector<double> LRScheduler::get_current_lrs() const {
  std::vector<double> rates;
  for (const auto& group : optimizer_.param_groups()) rates.push_back(group.options().get_lr());
  return rates;
}
std::vector<double> LRScheduler::scaled_lrs(double factor) const {
  std::vector<double> rates = get_current_lrs();
  for (double& rate : rates) rate *= factor;
  return rates;
}
void LRScheduler::set_optimizer_lrs(const std::vector<double>& learning_rates) {
  auto& groups = optimizer_.param_groups();
  TORCH_CHECK(learning_rates.size() == groups.size(),
              "Number of learning rates not equal to the number of param groups\n",
              "Number of learning rates given: ", learning_rates.size(),
              "\nNumber of param groups: ", groups.size());
  for (size_t i = 0; i < groups.size(); ++i) groups[i].options().set_lr(learning_rates[i]);
  last_lrs_ = learning_rates;
}

void LRScheduler::undo() { step_count_ = 0; }
void LRScheduler::begin() { LRScheduler::step(); }
void LRScheduler::restart() {
  set_optimizer_lrs(base_lrs_);
  step_count_ = 1;
}

EpochLRScheduler::EpochLRScheduler(Optimizer& optimizer, int64_t last_epoch, Location where)
    : LRScheduler(optimizer, where), last_epoch_(last_epoch) {}

void EpochLRScheduler::step() {
  ++last_epoch_;
  LRScheduler::step();
}
void EpochLRScheduler::fields(Fields& into) {
  LRScheduler::fields(into);
  into.push_back(Field{"last_epoch", &last_epoch_});
}
void EpochLRScheduler::begin() {
  step_count_ = 0;
  initial_ = true;
  step();
  initial_ = false;
}
void EpochLRScheduler::undo() { --last_epoch_; }
void EpochLRScheduler::restart() {
  last_epoch_ = 0;
  set_optimizer_lrs(first_lrs());
}
}  // namespace optim
}  // namespace torch
