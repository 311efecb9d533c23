/// Schedules that multiply the rates by something from epoch to epoch.
#pragma once
#include <functional>

#include "frontend/optim/schedulers/lr_scheduler.h"

namespace torch {
namespace optim {

/// Times `gamma` every `step_size` epochs. Counts as libtorch's C++ class does: the first call of
/// step() leaves the rates as they are.
class StepLR : public LRScheduler {
 public:
  StepLR(Optimizer& optimizer, const unsigned step_size, const double gamma = 0.1, WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  const unsigned step_size_;
  const double gamma_;
};

using LRFactor = std::function<double(int64_t epoch)>;
/// The initial rate times `lr_lambda(epoch)`; a function for all groups, or one each.
class LambdaLR : public EpochLRScheduler {
 public:
  LambdaLR(Optimizer& optimizer, LRFactor lr_lambda, int64_t last_epoch = -1, WEFT_WHERE);
  LambdaLR(Optimizer& optimizer, std::vector<LRFactor> lr_lambdas, int64_t last_epoch = -1,
           WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  std::vector<LRFactor> lambdas_;
};

/// The rate of the epoch before times `lr_lambda(epoch)`.
class MultiplicativeLR : public EpochLRScheduler {
 public:
  MultiplicativeLR(Optimizer& optimizer, LRFactor lr_lambda, int64_t last_epoch = -1, WEFT_WHERE);
  MultiplicativeLR(Optimizer& optimizer, std::vector<LRFactor> lr_lambdas, int64_t last_epoch = -1,
                   WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  std::vector<LRFactor> lambdas_;
};

/// Times `gamma` at each of the epochs.
class MultiStepLR : public EpochLRScheduler {
 public:
  MultiStepLR(Optimizer& optimizer, std::vector<int64_t> milestones, double gamma = 0.1,
              int64_t last_epoch = -1, WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  std::vector<double> first_lrs() override;
  std::vector<int64_t> milestones_;
  double gamma_;
};

/// `factor` times the rate until epoch `total_iters`.
class ConstantLR : public EpochLRScheduler {
 public:
  explicit ConstantLR(Optimizer& optimizer, double factor = 1.0 / 3, int64_t total_iters = 5,
                      int64_t last_epoch = -1, WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  std::vector<double> first_lrs() override;
  double factor_;
  int64_t total_iters_;
};

/// A factor that goes straight from `start_factor` to `end_factor` in `total_iters` epochs.
class LinearLR : public EpochLRScheduler {
 public:
  explicit LinearLR(Optimizer& optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0,
                    int64_t total_iters = 5, int64_t last_epoch = -1, WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  std::vector<double> first_lrs() override;
  double start_factor_, end_factor_;
  int64_t total_iters_;
};

/// Times `gamma` every epoch.
class ExponentialLR : public EpochLRScheduler {
 public:
  ExponentialLR(Optimizer& optimizer, double gamma, int64_t last_epoch = -1, WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  std::vector<double> first_lrs() override;
  double gamma_;
};

/// The initial rate times (1 - epoch / total_iters)^power, down to 0.
class PolynomialLR : public EpochLRScheduler {
 public:
  explicit PolynomialLR(Optimizer& optimizer, int64_t total_iters = 5, double power = 1.0,
                        int64_t last_epoch = -1, WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  std::vector<double> first_lrs() override;
  int64_t total_iters_;
  double power_;
};

/// Half a wave of a cosine from the initial rate down to `eta_min` in `T_max` epochs, and back
/// (Loshchilov and Hutter 2017, without restarts).
class CosineAnnealingLR : public EpochLRScheduler {
 public:
  CosineAnnealingLR(Optimizer& optimizer, int64_t T_max, double eta_min = 0.0,
                    int64_t last_epoch = -1, WEFT_WHERE);

 private:
  std::vector<double> get_lrs() override;
  std::vector<double> first_lrs() override;
  int64_t t_max_;
  double eta_min_;
};
}  // namespace optim
}  // namespace torch
