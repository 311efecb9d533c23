/// Launches that sort the rows of a tensor, on a GPU.
#pragma once
#include "codegen/compile/lowering.h"
#include "ir/op/type.h"

namespace mlir::weft {

/// y: the places of the elements of x along `dim` in their order, as i64; `count` of each row.
/// Temporaries are added.
void addArgsort(KernelOp kernel, const ::torch::op::Type& x, int64_t dim, bool descending,
                int64_t count, LocalBuffer from, LocalBuffer to, Lowered& lowered);
/// Runs of equal elements of x, whose rows (its last dim) `order` sorts (cuda::segmentsText).
void addSegments(KernelOp kernel, const ::torch::op::Type& x, LocalBuffer from, LocalBuffer order,
                 LocalBuffer ends, Lowered& lowered);
}  // namespace mlir::weft
