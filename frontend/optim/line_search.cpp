#include <algorithm>
#include <cmath>

#include "frontend/optim/line_search_inside.h"

namespace torch {
namespace optim {
namespace {
constexpr double enough_decrease = 1e-4, enough_curvature = 0.9;

// Where the cubic through two points with their slopes is least, within bounds: the middle of them
// where it has no minimum.
double cubic_minimum(const LinePoint& a, const LinePoint& b, double low, double high) {
  const double d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t);
  const double square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0)) return (low + high) / 2;
  const double d2 = std::sqrt(square);
  const double at = a.t <= b.t ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) /
                                                      (b.slope - a.slope + 2 * d2))
                               : a.t - (a.t - b.t) * ((a.slope + d2 - d1) /
                                                      (a.slope - b.slope + 2 * d2));
  return std::min(std::max(at, low), high);
}

class Search {
 public:
  Search(const std::function<LinePoint(double)>& at, const LinePoint& start, int64_t most)
      : at_(at), start_(start), most_(most) {}

  /// Goes outwards until a minimum lies between `low` and `high`, or a good point was found (`done`).
  void bracket(double t) {
    LinePoint before = start_, point = evaluate(t);
    for (; steps_ < most_; ++steps_) {
      if (too_high(point) || (steps_ > 1 && point.loss >= before.loss) ||
          (!flat(point) && point.slope >= 0)) {
        ends_[0] = before, ends_[1] = point;
        return order();
      }
      if (flat(point)) {
        ends_[0] = ends_[1] = point;
        done_ = true;
        return;
      }
      const double next =
          cubic_minimum(before, point, point.t + 0.01 * (point.t - before.t), point.t * 10);
      before = point;
      point = evaluate(next);
    }
    ends_[0] = start_, ends_[1] = point;
    order();
  }

  /// Narrows the bracket until a good point is found or it is no wider than the tolerance.
  void zoom(double largest, double tolerance) {
    bool slow = false;
    while (!done_ && steps_ < most_) {
      const double near = std::min(ends_[0].t, ends_[1].t), far = std::max(ends_[0].t, ends_[1].t);
      if ((far - near) * largest < tolerance) return;
      double t = cubic_minimum(ends_[0], ends_[1], near, far);
      // Points too close to an end twice in a row, or beyond it: a tenth of the width inwards.
      const double margin = 0.1 * (far - near);
      if (std::min(far - t, t - near) < margin) {
        if (slow || t >= far || t <= near) {
          t = std::abs(t - far) < std::abs(t - near) ? far - margin : near + margin;
          slow = false;
        } else {
          slow = true;
        }
      } else {
        slow = false;
      }
      narrow(evaluate(t));
      ++steps_;
    }
  }

  LineSearch result() const { return {ends_[low_], evaluations_}; }

 private:
  LinePoint evaluate(double t) {
    ++evaluations_;
    return at_(t);
  }
  bool too_high(const LinePoint& p) const {
    return p.loss > start_.loss + enough_decrease * p.t * start_.slope;
  }
  bool flat(const LinePoint& p) const {
    return std::abs(p.slope) <= -enough_curvature * start_.slope;
  }
  void order() { low_ = ends_[0].loss <= ends_[1].loss ? 0 : 1; }
  void narrow(const LinePoint& point) {
    LinePoint &low = ends_[low_], &high = ends_[1 - low_];
    if (too_high(point) || point.loss >= low.loss) {
      high = point;
      return order();
    }
    if (flat(point)) done_ = true;
    else if (point.slope * (high.t - low.t) >= 0) high = low;
    low = point;
  }

  const std::function<LinePoint(double)>& at_;
  const LinePoint& start_;
  LinePoint ends_[2];
  int low_ = 0;
  bool done_ = false;
  int64_t steps_ = 0, evaluations_ = 0;
  const int64_t most_;
};
}  // namespace

LineSearch strong_wolfe(const std::function<LinePoint(double)>& at, const LinePoint& start,
                        double t, const Tensor& direction, double tolerance_change, int64_t most) {
  Search search(at, start, most);
  search.bracket(t);
  search.zoom(direction.abs().max().item<double>(), tolerance_change);
  return search.result();
}
}  // namespace optim
}  // namespace torch
