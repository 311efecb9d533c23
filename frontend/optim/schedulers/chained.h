/// Schedules made of others.
#pragma once
#include <memory>

#include "frontend/optim/schedulers/lr_scheduler.h"

namespace torch {
namespace optim {
using LRSchedulers = std::vector<std::shared_ptr<LRScheduler>>;

/// One after the other: the next one begins at each of the milestones.
class SequentialLR : public LRScheduler {
 public:
  SequentialLR(Optimizer& optimizer, LRSchedulers schedulers, std::vector<int64_t> milestones,
               int64_t last_epoch = -1, WEFT_WHERE);
  void step() override;
  void fields(Fields& into) override;

 private:
  std::vector<double> get_lrs() override;
  void undo() override;
  void begin() override;
  size_t at(int64_t epoch) const;
  LRSchedulers schedulers_;
  std::vector<int64_t> milestones_;
  int64_t last_epoch_;
};

/// All at once: each changes what the one before it set.
class ChainedScheduler : public LRScheduler {
 public:
  explicit ChainedScheduler(LRSchedulers schedulers, WEFT_WHERE);
  void step() override;
  void fields(Fields& into) override;

 private:
  std::vector<double> get_lrs() override;
  void undo() override;
  void begin() override;
  LRSchedulers schedulers_;
};
}  // namespace optim
}  // namespace torch
