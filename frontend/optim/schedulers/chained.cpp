#include "frontend/optim/schedulers/chained.h"

#include <algorithm>

#include "frontend/optim/fields_inside.h"
#include "frontend/record/scope.h"

namespace torch {
namespace optim {
namespace {
// Refuses none, and those of several optimizers; gives the one they have.
Optimizer& common_optimizer(const LRSchedulers& schedulers, const Optimizer* wanted,
                            const char* name, Location where) {
  record::Call call(where);
  TORCH_CHECK_VALUE(!schedulers.empty(), name,
                    " expects at least one scheduler, but got no scheduler.");
  for (size_t i = 0; i < schedulers.size(); ++i) {
    TORCH_CHECK_VALUE(schedulers[i], name, ": the scheduler at index ", i, " is null");
    if (!wanted) wanted = &schedulers[i]->optimizer();
    TORCH_CHECK_VALUE(&schedulers[i]->optimizer() == wanted, name,
                      " expects all schedulers to belong to the same optimizer, but got scheduler "
                      "at index ",
                      i, " of another one.");
  }
  return schedulers[0]->optimizer();
}
}  // namespace

SequentialLR::SequentialLR(Optimizer& optimizer, LRSchedulers schedulers,
                           std::vector<int64_t> milestones, int64_t last_epoch, Location where)
    : LRScheduler(common_optimizer(schedulers, &optimizer, "SequentialLR", where), where),
      schedulers_(std::move(schedulers)),
      milestones_(std::move(milestones)),
      last_epoch_(last_epoch + 1) {
  record::Call call(where);
  TORCH_CHECK_VALUE(milestones_.size() + 1 == schedulers_.size(),
                    "Sequential Schedulers expects number of schedulers provided to be one more "
                    "than the number of milestone points, but got number of schedulers ",
                    schedulers_.size(), " and the number of milestones to be equal to ",
                    milestones_.size());
  // Each of them took its first step when it was made. That one is taken back, and the first of
  // them takes it again.
  set_optimizer_lrs(base_lrs_);
  undo();
  LRScheduler& first = *schedulers_[at(0)];
  first.begin();
  last_lrs_ = first.get_last_lr();
}
size_t SequentialLR::at(int64_t epoch) const {
  return static_cast<size_t>(std::upper_bound(milestones_.begin(), milestones_.end(), epoch) -
                             milestones_.begin());
}
void SequentialLR::undo() {
  for (auto& scheduler : schedulers_) scheduler->undo();
}
// As part of another one it counts this step, as PyTorch's does: its milestones come an epoch earlier.
void SequentialLR::begin() { step(); }
void SequentialLR::step() {
  ++last_epoch_;
  const size_t i = at(last_epoch_);
  LRScheduler& now = *schedulers_[i];
  if (i > 0 && milestones_[i - 1] == last_epoch_) now.restart();
  else now.step();
  last_lrs_ = now.get_last_lr();
}
std::vector<double> SequentialLR::get_lrs() { return get_current_lrs(); }
void SequentialLR::fields(Fields& into) {
  LRScheduler::fields(into);
  into.push_back(Field{"last_epoch", &last_epoch_});
  for (auto& scheduler : schedulers_) scheduler->fields(into);
}

ChainedScheduler::ChainedScheduler(LRSchedulers schedulers, Location where)
    : LRScheduler(common_optimizer(schedulers, nullptr, "ChainedScheduler", where), where),
      schedulers_(std::move(schedulers)) {}
void ChainedScheduler::step() {
  for (auto& scheduler : schedulers_) scheduler->step();
  last_lrs_ = get_current_lrs();
}
void ChainedScheduler::undo() {
  for (auto& scheduler : schedulers_) scheduler->undo();
}
void ChainedScheduler::begin() { step(); }
std::vector<double> ChainedScheduler::get_lrs() { return get_current_lrs(); }
void ChainedScheduler::fields(Fields& into) {
  LRScheduler::fields(into);
  for (auto& scheduler : schedulers_) scheduler->fields(into);
}
}  // namespace optim
}  // namespace torch
