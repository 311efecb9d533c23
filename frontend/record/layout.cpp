#include "frontend/record/layout.h"

#include <algorithm>

namespace torch {
namespace record {

bool is_row_major(Span<int64_t> sizes, Span<int64_t> strides) {
  int64_t expected = 1;
  for (int64_t size : sizes)
    if (size == 0) return true;
  for (size_t i = sizes.size(); i-- > 0;) {
    if (sizes[i] == 1) continue;
    if (strides[i] != expected) return false;
    expected *= sizes[i];
  }
  return true;
}

Dims memory_order(Span<int64_t> sizes, Span<int64_t> strides) {
  Dims order;
  for (size_t i = 0; i < sizes.size(); ++i) order.push_back(static_cast<int64_t>(i));
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t a, int64_t b) { return strides[a] > strides[b]; });
  return order;
}

bool is_dense(Span<int64_t> sizes, Span<int64_t> strides) {
  for (int64_t size : sizes)
    if (size == 0) return true;
  Dims kept_sizes, kept_strides;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] == 1) continue;
    kept_sizes.push_back(sizes[i]);
    kept_strides.push_back(strides[i]);
  }
  int64_t expected = 1;
  const Dims order = memory_order(kept_sizes, kept_strides);
  for (size_t i = order.size(); i-- > 0;) {
    if (kept_strides[order[i]] != expected) return false;
    expected *= kept_sizes[order[i]];
  }
  return true;
}

bool overlaps(Span<int64_t> sizes, Span<int64_t> strides) {
  Dims kept_sizes, kept_strides;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] == 0) return false;
    if (sizes[i] == 1) continue;
    kept_sizes.push_back(sizes[i]);
    kept_strides.push_back(strides[i]);
  }
  // Sorted by stride, each dim must step over everything that the smaller ones reach.
  const Dims order = memory_order(kept_sizes, kept_strides);
  int64_t reach = 0;
  for (size_t i = order.size(); i-- > 0;) {
    if (kept_strides[order[i]] <= reach) return true;
    reach += kept_strides[order[i]] * (kept_sizes[order[i]] - 1);
  }
  return false;
}

Dims strides_in_order(Span<int64_t> sizes, Span<int64_t> order) {
  Dims strides(sizes.size(), 1);
  int64_t step = 1;
  for (size_t i = order.size(); i-- > 0;) {
    strides[order[i]] = step;
    step *= std::max<int64_t>(sizes[order[i]], 1);
  }
  return strides;
}

bool view_strides(Span<int64_t> old_sizes, Span<int64_t> old_strides, Span<int64_t> sizes,
                  Dims& strides) {
  strides = Dims(sizes.size(), 1);
  int64_t numel = 1;
  for (int64_t s : old_sizes) numel *= s;
  if (numel == 0) {
    if (Span<int64_t>(old_sizes) == sizes) {
      strides = Dims(old_strides);
      return true;
    }
    for (size_t i = sizes.size(); i-- > 0;)
      strides[i] = i + 1 == sizes.size() ? 1 : std::max<int64_t>(sizes[i + 1], 1) * strides[i + 1];
    return true;
  }
  // Chunks of old dims that lie in one row are divided among new dims.
  int64_t view = static_cast<int64_t>(sizes.size()) - 1;
  int64_t chunk_stride = old_strides.empty() ? 1 : old_strides.back();
  int64_t chunk = 1, taken = 1;
  for (int64_t d = static_cast<int64_t>(old_sizes.size()) - 1; d >= 0; --d) {
    chunk *= old_sizes[d];
    if (d != 0 && (old_sizes[d - 1] == 1 || old_strides[d - 1] == chunk * chunk_stride)) continue;
    while (view >= 0 && (taken < chunk || sizes[view] == 1)) {
      strides[view] = taken * chunk_stride;
      taken *= sizes[view];
      --view;
    }
    if (taken != chunk) return false;
    if (d > 0) {
      chunk_stride = old_strides[d - 1];
      chunk = taken = 1;
    }
  }
  if (old_sizes.empty()) view = -1;
  return view == -1;
}

Dims elementwise_order(Span<int64_t> sizes, const std::vector<Dims>& operand_strides) {
  const size_t rank = sizes.size();
  // Innermost first; an insertion sort on a relation that is not always decided, as
  // TensorIterator's.
  Dims order;
  for (size_t i = rank; i-- > 0;) order.push_back(static_cast<int64_t>(i));
  auto should_swap = [&](int64_t a, int64_t b) {
    for (const Dims& strides : operand_strides) {
      if (strides[a] == 0 || strides[b] == 0) continue;
      if (strides[a] < strides[b]) return -1;
      if (strides[a] > strides[b]) return 1;
      if (sizes[a] > sizes[b]) return 1;
    }
    return 0;
  };
  for (size_t i = 1; i < rank; ++i) {
    size_t at = i;
    for (size_t j = i; j-- > 0;) {
      const int compared = should_swap(order[j], order[at]);
      if (compared > 0) {
        std::swap(order[j], order[at]);
        at = j;
      } else if (compared < 0) {
        break;
      }
    }
  }
  std::reverse(order.begin(), order.end());
  for (size_t i = 0; i < rank; ++i)
    if (order[i] != static_cast<int64_t>(i)) return order;
  return {};
}
}  // namespace record
}  // namespace torch
