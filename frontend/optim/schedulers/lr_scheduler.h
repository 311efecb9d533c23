/// Schedules of learning rates. libtorch's C++ API has the base class, StepLR and
/// ReduceLROnPlateauScheduler; the others have PyTorch's names and arguments. An optimizer outlives
/// its schedulers.
#pragma once
#include <vector>

#include "frontend/optim/optimizer.h"

namespace torch {
namespace optim {

class LRScheduler {
 public:
  explicit LRScheduler(Optimizer& optimizer, WEFT_WHERE);
  virtual ~LRScheduler();

  /// Sets the learning rates of the next epoch.
  virtual void step();
  /// What the last step set, a rate a group.
  std::vector<double> get_last_lr() const { return last_lrs_; }
  Optimizer& optimizer() const { return optimizer_; }
  /// How far it is; and going on from there.
  IValue::Dict state_dict() const;
  void load_state_dict(const IValue::Dict& state_dict, WEFT_WHERE);
  /// What `state_dict` holds, by name.
  virtual void fields(Fields& into);

 protected:
  /// The rates to set now, one a group.
  virtual std::vector<double> get_lrs() = 0;
  std::vector<double> get_current_lrs() const;
  void set_optimizer_lrs(const std::vector<double>& learning_rates);
  /// `factor` times the current rates.
  std::vector<double> scaled_lrs(double factor) const;

  // What schedules made of others do to their parts. As if it had just been made and not yet taken its first
  // step:
  virtual void undo();
  /// Takes the first step.
  virtual void begin();
  /// Goes to the rates of its first epoch, whatever they are now.
  virtual void restart();
  friend class SequentialLR;
  friend class ChainedScheduler;

  unsigned step_count_{};
  std::vector<double> base_lrs_, last_lrs_;

 private:
  Optimizer& optimizer_;
};

/// A schedule by the number of the epoch, counted from 0: making it sets the rates of epoch 0. With
/// `last_epoch` it goes on from there; the optimizer's groups then know their `initial_lr`.
class EpochLRScheduler : public LRScheduler {
 public:
  void step() override;
  void fields(Fields& into) override;

 protected:
  EpochLRScheduler(Optimizer& optimizer, int64_t last_epoch, Location where);
  /// The first step: stands last in the constructors of what derives.
  void begin() override;
  void undo() override;
  void restart() override;
  /// The rates of epoch 0 by the formula that does not look at the current ones, where there is one.
  virtual std::vector<double> first_lrs() { return get_lrs(); }
  bool initial() const { return initial_; }

  int64_t last_epoch_;

 private:
  bool initial_ = false;
};
}  // namespace optim
}  // namespace torch
