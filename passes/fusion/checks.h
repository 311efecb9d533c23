/// Indices that come from run-time values are checked before anything reads by them: kernels then
/// take them as they are.
#pragma once
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft {

/// Puts a weft.check_index before each op whose indices or starts may be out of range; one for
/// equal ones.
void insertChecks(func::FuncOp func);
/// An op that stops the program when an index operand of it is out of range.
bool readsByIndex(Operation *op);
}  // namespace mlir::weft
