/// Strides as torch reports them. They are bookkeeping: which `view()` is legal, what is
/// contiguous, where an exposed element lies.
#pragma once
#include "ir/op/type.h"

namespace torch {
namespace record {
using op::Dims;
using op::Span;

/// Row-major: size-1 dims and empty tensors do not count.
bool is_row_major(Span<int64_t> sizes, Span<int64_t> strides);
/// Some order of the dims is row-major without gaps.
bool is_dense(Span<int64_t> sizes, Span<int64_t> strides);
/// Two positions may be one element (an expanded dim, overlapping windows).
bool overlaps(Span<int64_t> sizes, Span<int64_t> strides);
/// Dims from the outermost (largest stride) to the innermost.
Dims memory_order(Span<int64_t> sizes, Span<int64_t> strides);
/// The strides of a tensor whose memory has its dims in `order`.
Dims strides_in_order(Span<int64_t> sizes, Span<int64_t> order);
/// Strides with which `sizes` shows the same elements without a copy; false when there are none
/// (torch's computeStride).
bool view_strides(Span<int64_t> old_sizes, Span<int64_t> old_strides, Span<int64_t> sizes,
                  Dims& strides);
/// The memory order of the result of an elementwise op, as TensorIterator chooses it; operands'
/// strides are broadcast to the result's rank (0 where expanded). Empty: row-major.
Dims elementwise_order(Span<int64_t> sizes, const std::vector<Dims>& operand_strides);
}  // namespace record
}  // namespace torch
