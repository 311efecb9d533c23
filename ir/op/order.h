/// The order of every sum, fixed by op and shape alone: both tiers, any fusion, thread count and
/// vector width follow it, so that bits are a function of the program.
///
/// Reductions (sum mean prod, and max min any all, where order shows only in signed zeros).
/// Neighbouring reduced dims are one group (reduction_groups), so that neither how many groups
/// there are nor the kernels of them depend on sizes; but the sum over everything is the sum of its
/// long rows' sums, which the kernel of the rows has at hand. Groups are reduced one after the
/// other, from the innermost to the outermost, as if by one op each. A group of n elements
/// (row-major index r) is cut in chunks of kChunk (the last may be short); each is reduced by the
/// rule below and, where there are several, their results by the same rule.
///  * *row* reduction (no kept dim of size > 1 to the right of the group): kLanes accumulators
///    start at the identity; element r is combined into lane r % kLanes in ascending order (acc =
///    combine(acc, element)); then lane l is combined with lane l + w for w = kLanes/2, ..., 1
///    (acc[l] = combine(acc[l], acc[l + w])).
///  * *column* reduction (else): one accumulator from the identity, elements in ascending order.
/// Where no reduced dim has another size than 1, there is one group, of one element (so the sum of
/// -0 is 0). max and min start at -inf and inf (integers: the type's lowest and highest) and
/// combine as scalar::maximum, minimum. mean is the sum divided by the count, one division, after
/// all groups.
///
/// Contractions: y[m, n] = the sum over k, ascending, as one chain acc = fma(a, b, acc) from acc =
/// 0 (floats; integers add the wrapped product). When `contraction_splits` says s > 1, k is cut in
/// s chunks of contraction_chunk(k, s) (the last may be short), each chunk is such a chain, and
/// chunk results are added in ascending order, from the first on. Convolutions, as (batch; m; n;
/// k), where k's rightmost index runs fastest and the batch is left out of the chain:
///  * conv:             (N, groups; O/groups; out...; channel of the group, window...). Positions
///    in the padding are zeros and take part in the chain.
///  * conv_weight_grad: (groups; O/groups; C/groups, window...; N, out...). Padding as for conv.
///  * conv_input_grad:  (N, groups; C/groups; in...; window..., output channel of the group). A
///    window position whose dy would lie outside (beyond its edge, or off the stride's grid) takes
///    no part: the chain goes on with the next. (Window outermost: a tap is one product of its own,
///    accumulated at shifted places, without work on zeros.)
#pragma once
#include <cstdint>
#include <vector>

#include "ir/op/inline_vector.h"

namespace torch {
namespace op {
/// Dims [begin, end) of a tensor, reduced as one.
struct ReductionGroup {
  size_t begin, end;
};
/// The groups of `reduced` dims (ascending), innermost first: each a run of dims that are reduced
/// or of size 1. Only a run that is all there is, and whose innermost size (other than 1) is
/// kShortRow or more, is two: that dim, and the others.
constexpr int64_t kShortRow = 256;
inline std::vector<ReductionGroup> reduction_groups(Span<int64_t> sizes, Span<int64_t> reduced) {
  auto is_reduced = [&](size_t d) {
    for (int64_t r : reduced)
      if (r == static_cast<int64_t>(d)) return true;
    return false;
  };
  std::vector<ReductionGroup> groups;
  bool kept = false;  // something of another size than 1, to the right
  for (size_t end = sizes.size(); end > 0;) {
    if (!is_reduced(end - 1)) {
      kept = kept || sizes[end - 1] != 1;
      --end;
      continue;
    }
    // row: the innermost of the `large` dims that are not of size 1
    size_t begin = end, row = end, large = 0;
    for (; begin > 0 && (is_reduced(begin - 1) || sizes[begin - 1] == 1); --begin)
      if (sizes[begin - 1] != 1 && ++large == 1) row = begin - 1;
    const bool is_split = begin == 0 && !kept && large > 1 && sizes[row] >= kShortRow;
    if (is_split) groups.push_back({row, end});
    groups.push_back({begin, is_split ? row : end});
    end = begin;
  }
  return groups;
}

constexpr int64_t kLanes = 64;
constexpr int64_t kChunk = 16384;

/// Into how many chunks k is cut for a (batch, m, n, k) contraction: small outputs with a long sum
/// only.
inline int64_t contraction_splits(int64_t batch, int64_t m, int64_t n, int64_t k) {
  const int64_t tiles = batch * ((m + 31) / 32) * ((n + 63) / 64);
  if (k < 2048 || tiles >= 16) return 1;
  const int64_t wanted = (16 + tiles - 1) / tiles, most = k / 1024;
  return wanted < most ? wanted : most;
}
inline int64_t contraction_chunk(int64_t k, int64_t splits) { return (k + splits - 1) / splits; }
}  // namespace op
}  // namespace torch
