/// All schedules of learning rates; torch::optim::lr_scheduler is where PyTorch has them.
#pragma once
#include "frontend/optim/schedulers/chained.h"
#include "frontend/optim/schedulers/cyclic.h"
#include "frontend/optim/schedulers/decay.h"
#include "frontend/optim/schedulers/plateau.h"

namespace torch {
namespace optim {
namespace lr_scheduler {
using optim::ChainedScheduler;
using optim::ConstantLR;
using optim::CosineAnnealingLR;
using optim::CosineAnnealingWarmRestarts;
using optim::CyclicLR;
using optim::CyclicLROptions;
using optim::ExponentialLR;
using optim::LambdaLR;
using optim::LinearLR;
using optim::LRScheduler;
using optim::MultiplicativeLR;
using optim::MultiStepLR;
using optim::OneCycleLR;
using optim::OneCycleLROptions;
using optim::PolynomialLR;
using optim::ReduceLROnPlateau;
using optim::SequentialLR;
using optim::StepLR;
}  // namespace lr_scheduler
}  // namespace optim
}  // namespace torch
