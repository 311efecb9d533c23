/// Which elements of its operands an op reads for one element of its result: the access maps of
/// views, windows and indexed reads. What is said here is said nowhere else; fusion reads it to see
/// who can be fused, the loops to emit the loads.
#pragma once
#include "ir/access/index.h"
#include "mlir/IR/Operation.h"

namespace mlir::weft {

/// Holds where 0 <= index < size.
struct Guard {
  Index index;
  int64_t size;
};

/// One place that a result element may come from: element `index` of operand `operand`, if all
/// guards hold.
struct Source {
  unsigned operand;
  IndexVector index;
  llvm::SmallVector<Guard, 2> guards;
};

/// True for the ops that move elements without computing (views, and reads by index): their value
/// is the value of the first source whose guards hold; the last source has none.
bool isMovement(Operation *op);
std::vector<Source> sources(Operation *op, llvm::ArrayRef<Index> result, IndexSpace &space);

/// The index of an operand of `type` that is broadcast to the result (NumPy's rule).
IndexVector broadcastIndex(llvm::ArrayRef<Index> result, llvm::ArrayRef<int64_t> operandSizes);

/// How many places one element of a pooling op is made from: positions of its window, or
/// (gradients) the windows that may hold it.
int64_t windowPlaces(Operation *op);
/// The place-th of them, with its guards: positions in row-major order of the window, windows
/// (indices of dy) ascending.
Source windowSource(Operation* op, llvm::ArrayRef<Index> result, const Index& place,
                    IndexSpace& space);
/// Up to so many places are unrolled in a kernel's code; more are a loop.
constexpr int64_t kUnrolledPlaces = 64;

/// All operands elements that one result element needs, for ops that a kernel may pull at any
/// index: movement, pointwise, pooling. Empty for other ops.
std::vector<Source> reads(Operation *op, llvm::ArrayRef<Index> result, IndexSpace &space);
}  // namespace mlir::weft
