/// Which kind of kernel an op asks for.
#pragma once
#include "ir/tensor/ops.h"

namespace mlir::weft {

/// What a reduction op runs over: runs of neighbouring dims, in turn kept and reduced; the first and
/// the last are kept ones, of size 1 where there is nothing.
struct ReductionShape {
  llvm::SmallVector<int64_t, 5> sizes{1, 1, 1};
  static bool isReduced(size_t run) { return run % 2 == 1; }
  /// How many results there are, and of how many elements each is made.
  int64_t rows() const { return product(false); }
  int64_t reduced() const { return product(true); }
  bool isRow() const { return sizes.back() == 1; }
  llvm::SmallVector<int64_t> keptSizes() const;
  bool operator==(const ReductionShape &o) const { return sizes == o.sizes; }

 private:
  int64_t product(bool ofReduced) const;
};
/// Whether elements may wait, in the same kernel, for what is made of their row: there are enough
/// rows (`wanted`) for all threads, or little to do.
bool elementsMayWait(const ReductionShape &shape, int64_t wanted);
bool isReduction(Operation *op);
ReductionShape reductionShape(Operation *op);
bool isContraction(Operation *op);
/// Puts or adds updates where an index says.
bool isScatter(Operation *op);
/// A loop whose body computes, for every element of the states, the next ones from that very
/// element: one kernel can keep them in registers. Others are loops of launches.
bool isElementwiseScan(Operation *op);
}  // namespace mlir::weft
