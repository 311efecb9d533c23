/// Schedules that follow a metric.
#pragma once
#include <string>

#include "frontend/optim/optimizer.h"

namespace torch {
namespace optim {

/// Times `factor`, down to `min_lr`, when the metric was not better than the best by `threshold`
/// (relative or absolute) for more than `patience` epochs; then waits for `cooldown` epochs.
class ReduceLROnPlateau {
 public:
  explicit ReduceLROnPlateau(Optimizer& optimizer, std::string mode = "min", double factor = 0.1,
                             int64_t patience = 10, double threshold = 1e-4,
                             std::string threshold_mode = "rel", int64_t cooldown = 0,
                             std::vector<double> min_lr = {}, double eps = 1e-8, WEFT_WHERE);
  virtual ~ReduceLROnPlateau() = default;
  void step(double metrics);
  std::vector<double> get_last_lr() const { return last_lrs_; }
  /// How far it is; and going on from there.
  IValue::Dict state_dict() const;
  void load_state_dict(const IValue::Dict& state_dict, WEFT_WHERE);
  /// What `state_dict` holds, by name.
  void fields(Fields& into);

 protected:
  /// Called after the rate of a group was reduced.
  virtual void reduced(size_t, double) {}
  virtual bool better(double metric) const;
  int64_t last_epoch_ = 0;
  double best_;

 private:
  void reduce();
  Optimizer& optimizer_;
  bool smaller_is_better_, relative_;
  double factor_, threshold_, eps_;
  int64_t patience_, cooldown_, cooldown_counter_ = 0, num_bad_epochs_ = 0;
  std::vector<double> min_lrs_, last_lrs_;
};

/// The same as libtorch's C++ API has it: in mode `max` the best starts just above 0, and with the
/// threshold `abs` what exceeds threshold * best is better.
class ReduceLROnPlateauScheduler : private ReduceLROnPlateau {
 public:
  enum SchedulerMode { min, max };
  enum ThresholdMode { rel, abs };
  ReduceLROnPlateauScheduler(Optimizer& optimizer, SchedulerMode mode = min, float factor = 0.1,
                             int patience = 10, double threshold = 1e-4,
                             ThresholdMode threshold_mode = rel, int cooldown = 0,
                             const std::vector<float>& min_lr = std::vector<float>(),
                             double eps = 1e-8, bool verbose = false, WEFT_WHERE);
  void step(float metric) { ReduceLROnPlateau::step(metric); }

 private:
  void reduced(size_t group, double rate) override;
  bool better(double metric) const override;
  optional<double> product_;  // the threshold in that case
  bool verbose_;
};
}  // namespace optim
}  // namespace torch
