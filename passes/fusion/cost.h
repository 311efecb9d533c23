/// What fusion knows of single ops: which a kernel can pull at any index, and what computing them
/// again costs.
#pragma once
#include "llvm/ADT/SetVector.h"
#include "mlir/IR/Operation.h"

namespace mlir::weft {

/// A kernel can compute any one element of the result from elements of the operands.
bool isFusible(Operation *op);
/// Costs nothing but index arithmetic.
bool isFree(Operation *op);
/// A few arithmetic instructions.
bool isCheap(Operation *op);
/// How many scalar ops computing one element is, in a kernel's code; what is taken from memory, or is a
/// kernel's main loop, is none.
int64_t codeSize(Operation *op);
/// No kernel gets more, but that one op may.
constexpr int64_t kMostCode = 200;
/// Comes from a contraction of the same size through pointwise ops alone: it can be the
/// contraction's epilogue.
bool isFedByContraction(Operation *op);
bool isWindow(Operation *op);
/// Is a window op or comes from one through pointwise ops and movements. Its taps have indices in
/// its own dims, which would have to be divided out of a row's element, one by one: it stays out of
/// reductions.
bool isFedByWindow(Operation *op);
/// `v` is `of`, or pointwise ops and views lead from `v` to `of`.
bool feeds(mlir::Value v, mlir::Value of);
/// Some operand, however far back, is computed by one of `ops`.
bool dependsOnAny(Operation *op, const llvm::SetVector<Operation *> &ops);
}  // namespace mlir::weft
