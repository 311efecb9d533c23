/// What may be wrong with run-time values (indices, divisors of integers) is checked before
/// anything computes with them: kernels then take them as they are.
#pragma once
#include "ir/tensor/ops.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft {

/// Puts a weft.check_index before each op whose indices or starts may be out of range, a
/// weft.check_divisor before each that may divide integers by 0; one for equal ones. A weft.require
/// becomes a weft.check_required and its operand.
void insertChecks(func::FuncOp func);
/// Reads by the index that is checked.
bool reliesOn(Operation *op, CheckIndexOp check);
/// An op that stops the program when an operand of it is wrong.
bool mayFail(Operation *op);
}  // namespace mlir::weft
