/// A step length along a direction that satisfies the strong Wolfe conditions.
#pragma once
#include <functional>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace optim {

/// A point on the line: how far, the loss there, its gradient and the gradient's part along the
/// direction.
struct LinePoint {
  double t = 0, loss = 0;
  Tensor grad;
  double slope = 0;
};
struct LineSearch {
  LinePoint found;
  int64_t evaluations = 0;
};
/// `at(t)` evaluates the loss at a distance of `t` along `direction`; `start` is the point at 0, `t`
/// the first guess. Gives the best point seen when `most` evaluations did not find one.
LineSearch strong_wolfe(const std::function<LinePoint(double t)>& at, const LinePoint& start,
                        double t, const Tensor& direction, double tolerance_change,
                        int64_t most = 25);
}  // namespace optim
}  // namespace torch
