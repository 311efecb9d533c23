/// Which kind of kernel an op asks for.
#pragma once
#include "ir/tensor/ops.h"

namespace mlir::weft {

/// What a reduction op runs over: `outer` x `reduced` x `inner` elements, one run of neighbouring
/// dims being reduced.
struct ReductionShape {
  int64_t outer = 1, reduced = 1, inner = 1;
  bool isRow() const { return inner == 1; }
  bool operator==(const ReductionShape &o) const {
    return outer == o.outer && reduced == o.reduced && inner == o.inner;
  }
};
bool isReduction(Operation *op);
ReductionShape reductionShape(Operation *op);
bool isContraction(Operation *op);
/// Puts or adds updates where an index says.
bool isScatter(Operation *op);
/// A loop whose body computes, for every element of the states, the next ones from that very
/// element: one kernel can keep them in registers. Others are loops of launches.
bool isElementwiseScan(Operation *op);
}  // namespace mlir::weft
