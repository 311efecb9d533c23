// What an operand's walk comes to: offsets, digits, vectors.
#include "codegen/cuda/contraction/operand.h"

#include <algorithm>
#include <cstdlib>

namespace torch {
namespace codegen {
namespace cuda {

Elements::Elements(const Operand& operand, Walk walk) : operand_(operand), walk_(std::move(walk)) {
  drop_single_digits();
  fold();
  if (is_strided())
    for (Axis axis : {batch_axis, outer_axis, k_axis}) merge_digits(axis);
  choose_direction();
}

void Elements::drop_single_digits() {
  for (unsigned axis = 0; axis < axis_count; ++axis) {
    Numbers& digits = walk_.digits[axis];
    for (unsigned d = static_cast<unsigned>(digits.size()); d-- > 0;) {
      if (digits[d] != 1) continue;
      digits.erase(digits.begin() + d);
      for (Dim& dim : walk_.dims) {
        std::vector<Term> left;
        for (Term t : dim.terms) {
          if (t.axis == axis && t.digit == d) continue;
          if (t.axis == axis && t.digit > d) --t.digit;
          left.push_back(t);
        }
        dim.terms = std::move(left);
      }
    }
  }
}

void Elements::fold() {
  for (unsigned axis = 0; axis < axis_count; ++axis)
    strides_[axis].assign(walk_.digits[axis].size(), 0);
  offset_ = operand_.offset;
  for (unsigned d = 0; d < walk_.dims.size(); ++d) {
    const Dim& dim = walk_.dims[d];
    const int64_t stride = is_strided() ? operand_.strides[d] : 0;
    if (!is_strided() || dim.is_guarded) {
      kept_.push_back({d, stride});
      continue;
    }
    for (const Term& t : dim.terms) strides_[t.axis][t.digit] += t.factor * stride;
    offset_ += dim.constant * stride;
  }
}

int64_t Elements::contribution(Axis axis, unsigned digit, unsigned kept) const {
  int64_t factor = 0;
  for (const Term& t : walk_.dims[kept_[kept].dim].terms)
    if (t.axis == axis && t.digit == digit) factor += t.factor;
  return factor;
}
bool Elements::moves_kept(Axis axis, unsigned digit) const {
  for (unsigned i = 0; i < kept_.size(); ++i)
    if (contribution(axis, digit, i) != 0) return true;
  return false;
}

// Digits d and d + 1, if all they do is to move on in memory without a gap.
void Elements::merge_digits(Axis axis) {
  Numbers &digits = walk_.digits[axis], &strides = strides_[axis];
  for (unsigned d = static_cast<unsigned>(digits.size()); d-- > 1;) {
    const unsigned before = d - 1;
    if (moves_kept(axis, d) || moves_kept(axis, before) ||
        strides[before] != strides[d] * digits[d])
      continue;
    digits[before] *= digits[d];
    strides[before] = strides[d];
    digits.erase(digits.begin() + d);
    strides.erase(strides.begin() + d);
    for (Dim& dim : walk_.dims)
      for (Term& t : dim.terms)
        if (t.axis == axis && t.digit > before) --t.digit;
  }
}

// Whether elements along it are neighbours in memory.
bool Elements::unit(Axis axis) const {
  const Numbers& digits = walk_.digits[axis];
  if (digits.empty()) return false;
  const auto last = static_cast<unsigned>(digits.size()) - 1;
  if (!is_strided()) {
    if (operand_.contiguous < 0) return false;
    for (const Term& t : walk_.dims[static_cast<size_t>(operand_.contiguous)].terms)
      if (t.axis == axis && t.digit == last) return true;
    return false;
  }
  int64_t stride = strides_[axis][last];
  for (unsigned i = 0; i < kept_.size(); ++i)
    stride += contribution(axis, last, i) * kept_[i].stride;
  return stride == 1;
}

// The widest vectors along an axis: aligned, and within its last digit.
int Elements::widest(Axis axis) const {
  const Numbers& digits = walk_.digits[axis];
  if (!is_strided() || !unit(axis)) return 1;
  const auto last = static_cast<unsigned>(digits.size()) - 1;
  if (moves_kept(axis, last)) return 1;
  const int bytes = static_cast<int>(op::dtype_bytes(operand_.dtype));
  // Tiles of threads have 4 rows at least, those of tensor cores more.
  const int most = op::is_half(operand_.dtype) ? 8 : 4;
  for (int v = std::min(16 / bytes, most); v > 1; v /= 2) {
    bool fits = digits[last] % v == 0 && offset_ % v == 0 && operand_.alignment % (v * bytes) == 0;
    for (unsigned other = 0; other < axis_count; ++other)
      for (unsigned d = 0; d < strides_[other].size(); ++d)
        fits = fits && ((other == axis && d == last) || strides_[other][d] % v == 0);
    for (const Kept& kept : kept_) fits = fits && kept.stride % v == 0;
    if (fits) return v;
  }
  return 1;
}

void Elements::choose_direction() {
  const int outer = widest(outer_axis), k = widest(k_axis);
  along_k_ = outer == k ? unit(k_axis) && !unit(outer_axis) : k > outer;
  vector_ = std::max(outer, k);
}

int64_t Elements::table_bytes(int depth, bool is_wide) const {
  if (along_k_ || is_simple()) return 0;
  const int64_t unit = place_alignment(), numbers = 1 + static_cast<int64_t>(kept_.size());
  return 2 * depth * ((numbers + unit - 1) / unit * unit) * (is_wide ? 8 : 4);
}

bool Elements::is_wide() const {
  int64_t farthest = 1;
  for (unsigned axis = 0; axis < axis_count; ++axis)
    for (unsigned d = 0; d < strides_[axis].size(); ++d)
      farthest += std::abs(strides_[axis][d]) * (walk_.digits[axis][d] - 1);
  for (const Kept& kept : kept_) {
    farthest += std::abs(kept.stride) * walk_.dims[kept.dim].size;
    for (const Term& t : walk_.dims[kept.dim].terms)
      farthest = std::max(farthest, std::abs(t.factor) * walk_.digits[t.axis][t.digit]);
  }
  return farthest > kSmallIndex;
}
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
