/// Values that a function refuses: where they are known already at once, else when something reads
/// what was computed from them, at the same line and with the same sentence. No part of libtorch.
#pragma once
#include "frontend/tensor/tensor.h"
#include "ir/op/requirement.h"

namespace torch {
namespace detail {
/// low <= x < high, or (`closed`) x <= high. Infinite: no bound but that x is a number.
struct Range {
  double low, high;
  op::Requirement what;
  bool closed = false;
  bool holds(double x) const { return x >= low && (x < high || (closed && x == high)); }
};
/// Throws where the values are known and one of them is outside of the range; `except` may be.
void check_known(const Tensor& x, const Range& range, optional<int64_t> except = nullopt,
                 Location where = Location::none());
/// x, which fails where it is outside of the range.
Tensor within(const Tensor& x, const Range& range);
}  // namespace detail
}  // namespace torch
